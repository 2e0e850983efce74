"""The page for what broke on our side."""

import pytest
from django.core.management import call_command
from django.test import Client

from bearblog.domain.blogs.models import Blog


@pytest.mark.usefixtures("committed_db")
def test_a_page_that_breaks_is_answered_without_the_database(reader: Client, blog: Blog) -> None:
    reader.raise_request_exception = False
    call_command("migrate", "posts", "zero", verbosity=0)
    try:
        response = reader.get("/")
    finally:
        call_command("migrate", "posts", verbosity=0)
    assert response.status_code == 500
    assert "Something broke" in response.content.decode()


def test_a_request_that_cannot_be_read_is_answered_in_words(reader: Client) -> None:
    response = reader.post("/preview/", {"text": "a" * 13_000_000})
    assert response.status_code == 400
    assert "could not be read" in response.content.decode()

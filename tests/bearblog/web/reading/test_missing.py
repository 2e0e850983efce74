"""The page for what broke on our side."""

import pytest
from django.test import Client


@pytest.mark.usefixtures("without_posts")
def test_a_page_that_breaks_is_answered_without_the_database(reader: Client) -> None:
    reader.raise_request_exception = False
    response = reader.get("/")
    assert response.status_code == 500
    assert "Something broke" in response.content.decode()


def test_a_request_that_cannot_be_read_is_answered_in_words(reader: Client) -> None:
    response = reader.post("/preview/", {"text": "a" * 13_000_000})
    assert response.status_code == 400
    assert "could not be read" in response.content.decode()

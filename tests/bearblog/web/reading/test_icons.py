"""The blog's sign in a browser's tab."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client

from bearblog.domain.blogs.models import Blog


def test_an_emoji_is_drawn(reader: Client, blog: Blog) -> None:
    Blog.objects.update(favicon="🐻")
    response = reader.get("/favicon.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "🐻</text>" in response.content.decode()
    assert reader.get("/favicon.ico").headers["Location"] == "/favicon.svg"


@pytest.mark.parametrize(
    "name", ["favicon.svg", "favicon.ico", "apple-touch-icon.png", "apple-touch-icon-precomposed.png"]
)
def test_a_picture_is_pointed_at(reader: Client, blog: Blog, name: str) -> None:
    Blog.objects.update(favicon="https://example.org/a.png")
    response = reader.get(f"/{name}")
    assert (response.status_code, response.headers["Location"]) == (302, "https://example.org/a.png")


def test_without_a_sign_the_platforms_own_is_shown(reader: Client) -> None:
    response = reader.get("/favicon.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.content == Path(str(find("base/favicon.svg"))).read_bytes()
    assert reader.get("/favicon.ico").headers["Location"] == "/favicon.svg"


def test_a_sign_that_is_markup_is_text(reader: Client, blog: Blog) -> None:
    Blog.objects.update(favicon="<script>")
    assert "<script>" not in reader.get("/favicon.svg").content.decode()

"""The image that counts a reader."""

import pytest
from django.test import Client

from bearblog.domain.analytics.models import Count
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post

FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def counted(kind: str) -> list[str]:
    return list(Count.objects.filter(kind=kind).values_list("name", flat=True))


def test_the_image_counts_a_look_at_a_page(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", status="published")
    response = reader.get("/hit/?page=/one/", headers=FIREFOX)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/gif")
    assert response.content.startswith(b"GIF89a")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies
    assert counted("page") == ["/one/"]


@pytest.mark.parametrize("query", ["", "?page=", "?page=/nothing/", "?page=%00", "?page=" + "x" * 5000])
def test_nonsense_gets_the_image_and_counts_nothing(reader: Client, query: str) -> None:
    assert reader.get(f"/hit/{query}", headers=FIREFOX).status_code == 200
    assert not Count.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"user-agent": "Googlebot/2.1"}, {"user-agent": ""}])
def test_robots_get_the_image_and_are_not_counted(reader: Client, headers: dict[str, str]) -> None:
    assert reader.get("/hit/?page=/", headers=headers).status_code == 200
    assert not Count.objects.exists()


def test_a_feed_reader_is_counted_when_it_asks(reader: Client, blog: Blog) -> None:
    reader.get("/feed/", headers={"user-agent": "Miniflux/2.2"})
    reader.get("/rss/", headers={"user-agent": "Miniflux/2.2"})
    assert counted("feed") == ["Miniflux"]


def test_nothing_is_counted_where_the_author_does_not_want_it(reader: Client, blog: Blog) -> None:
    Blog.objects.update(collects_analytics=False)
    reader.get("/hit/?page=/", headers=FIREFOX)
    reader.get("/feed/", headers={"user-agent": "Miniflux/2.2"})
    assert not Count.objects.exists()

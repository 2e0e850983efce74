"""What may be shown to everybody."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.stored_pages import pages
from bearblog.domain.posts.services import create_post
from bearblog.engines.pagecache import counts
from bearblog.engines.pagecache.stored import etag_of
from bearblog.web.base.public import CACHE_CONTROL, is_for_everybody, unless_known

PUBLIC = {"Cache-Control": CACHE_CONTROL}
BLOG = ["/", "/post/", "/blog/", "/tags/", "/tags/bees/", "/archive/", "/archive/2026/", "/search/"]
FEEDS = ["/feed/", "/atom/", "/rss/", "/feed/rss/", "/feed.xml", "/rss.xml", "/feed.json", "/mine/rss/"]
FILES = ["/sitemap.xml", "/robots.txt", "/favicon.svg"]
MAIN = ["/", "/help/", "/robots.txt", "/discover/", "/discover/feed/"]


def with_cookie() -> HttpResponse:
    response = HttpResponse(headers=PUBLIC)
    response.set_cookie("name", "value")
    return response


def test_a_public_answer_that_all_get_is_for_everybody() -> None:
    assert is_for_everybody(HttpResponse("Hello", headers=PUBLIC))


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("Says nothing of it"),
        HttpResponse(headers={"Cache-Control": "private, no-cache"}),
        HttpResponse(headers={"Cache-Control": "no-store"}),
        HttpResponse(headers={"Cache-Control": f"{CACHE_CONTROL}, no-store"}),
        HttpResponse(headers={"Cache-Control": "public, max-age=31536000, immutable"}),
        HttpResponse(headers=PUBLIC | {"Vary": "Cookie"}),
        HttpResponse(headers=PUBLIC | {"Vary": "User-Agent"}),
        with_cookie(),
        *(HttpResponse(status=status, headers=PUBLIC) for status in (206, 301, 302, 304, 404, 429, 500, 503)),
        StreamingHttpResponse(["A", "B"], headers=PUBLIC),
    ],
)
def test_all_else_is_not(response: HttpResponseBase) -> None:
    assert not is_for_everybody(response)


def same_twice(client: Client, path: str) -> None:
    made = client.get(path)
    assert made.status_code == 200
    found = client.get(path)
    assert counts.totals(pages()).found == 1
    assert (found.headers, found.content) == (made.headers, made.content)
    assert found.headers["ETag"] == etag_of(found.content)


@pytest.mark.parametrize("path", BLOG + FEEDS + FILES)
def test_a_page_of_a_blog_is_the_same_from_disk(reader: Client, blog: Blog, path: str) -> None:
    Blog.objects.update(feed_alias="mine/rss", favicon="🐻")
    create_post(
        blog=blog, title="Post", text="Words", tags=["bees"], status="published", published_at="2026-01-02"
    )
    same_twice(reader, path)


@pytest.mark.parametrize("path", MAIN)
def test_a_page_of_the_main_site_is_the_same_from_disk(
    main: Client, db: None, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    same_twice(main, path)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_it_is_told_so(method: str) -> None:
    tag = etag_of(b"Hello")
    request = RequestFactory().generic(method, "/", headers={"If-None-Match": f'"x", W/{tag}'})
    response = unless_known(request, HttpResponse(b"Hello", headers=PUBLIC))
    assert (response.status_code, response.headers["ETag"]) == (304, tag)
    assert response.headers["Cache-Control"] == CACHE_CONTROL
    assert unless_known(request, HttpResponse(b"Other", headers=PUBLIC)).status_code == 200


def test_what_is_private_or_no_page_has_no_tag() -> None:
    request = RequestFactory().get("/", headers={"If-None-Match": etag_of(b"")})
    for response in (
        HttpResponse(),
        HttpResponse(headers={"Cache-Control": "private, no-cache"}),
        HttpResponse(status=404, headers=PUBLIC),
    ):
        assert unless_known(request, response) is response
        assert "ETag" not in response.headers

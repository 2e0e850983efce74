"""Finished pages, as readers get them from disk; all that is no such page is asked of the application."""

import gzip
from urllib.parse import quote

import brotli
import httpx
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from bearblog.engines.pagecache.stored import etag_of
from bearblog.web.base.main_host import main_content_security_policy
from tests.caddy.conftest import MAIN_HOST, Door
from tests.caddy.shelf import ATOM, HTML, PAGE, Shelf

BLOG = f"alice.{MAIN_HOST}"
PLAIN = {"Accept-Encoding": "identity"}
SECURITY = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
}


@pytest.fixture(scope="module")
def shelf(door: Door) -> Shelf:
    """Pages of the main host and of a blog."""
    for host in (BLOG, f"bob.{MAIN_HOST}"):
        door.grant(host)
    shelf = Shelf(door.folder / "cache")
    for host in (MAIN_HOST, BLOG):
        for path in ("/", "/a-post/", "/old/a-post/"):
            shelf.put(host, path)
    return shelf


def asked(door: Door, path: str, host: str = BLOG, **options: object) -> bytes:
    """The request as the application got it."""
    with door.application() as application:
        door.visit(host, path, **options)  # type: ignore[arg-type]
    (request,) = application.received
    return request


@pytest.mark.parametrize("path", ["/", "/a-post/", "/old/a-post/"])
def test_a_stored_page_is_served_without_the_application(door: Door, shelf: Shelf, path: str) -> None:
    answer = door.visit(BLOG, path)
    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer.headers["Content-Type"] == HTML
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_stored_page_of_the_main_site_says_what_the_application_says(door: Door, shelf: Shelf) -> None:
    with override_settings(HTTPS_PORT=door.https_port):
        policed = main_content_security_policy(lambda request: HttpResponse())
        said = policed(RequestFactory().get("/")).headers["Content-Security-Policy"]
    answer = door.visit(MAIN_HOST, "/a-post/")
    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer.headers.get_list("Content-Security-Policy") == [said]
    assert answer.headers.get_list("Referrer-Policy") == [settings.SECURE_REFERRER_POLICY]
    assert answer.headers.get_list("Cache-Control") == ["public, max-age=0, must-revalidate"]


@pytest.mark.parametrize("host", [BLOG, MAIN_HOST])
def test_a_stored_page_has_every_header_once(door: Door, shelf: Shelf, host: str) -> None:
    headers = door.visit(host).headers
    assert {name: len(headers.get_list(name)) for name in SECURITY} == dict.fromkeys(SECURITY, 1)
    own = SECURITY if host == BLOG else {}
    assert {name: headers[name] for name in own} == own
    assert headers.get_list("Vary") == ["Accept-Encoding"]
    assert not {"server", "via", "set-cookie"} & headers.keys()


@pytest.mark.parametrize("host", [BLOG, MAIN_HOST])
def test_an_answer_of_the_application_has_every_header_once(door: Door, shelf: Shelf, host: str) -> None:
    lines = (
        "Cache-Control: private",
        "Content-Type: text/html",
        "X-Content-Type-Options: nosniff",
        "Vary: Cookie",
    )
    said = "".join(f"{line}\r\n" for line in lines)
    with door.application() as application:
        application.headers = said
        headers = door.visit(host, "/unread/").headers
    assert {name: headers.get_list(name) for name in SECURITY} == {n: [v] for n, v in SECURITY.items()}
    assert headers.get_list("Cache-Control") == ["private"]
    assert headers.get_list("Content-Type") == ["text/html"]
    assert not {"server", "via"} & headers.keys()


@pytest.mark.parametrize(
    ("coding", "ending", "read"), [("br", "-br", brotli.decompress), ("gzip", "-gz", gzip.decompress)]
)
def test_a_compressed_page_is_sent_as_it_lies(
    door: Door, shelf: Shelf, coding: str, ending: str, read: object
) -> None:
    answer = door.visit(BLOG, headers={"Accept-Encoding": f"{coding}, zstd"})
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["ETag"] == f'{etag_of(PAGE)[:-1]}{ending}"'
    assert answer.content == PAGE


def test_whoever_has_the_page_gets_its_head_only(door: Door, shelf: Shelf) -> None:
    etag = door.visit(BLOG, headers=PLAIN).headers["ETag"]
    assert etag == etag_of(PAGE)
    answer = door.visit(BLOG, headers={**PLAIN, "If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert door.visit(BLOG, headers={**PLAIN, "If-None-Match": '"other"'}).status_code == 200


def test_a_head_and_a_part_can_be_asked_for(door: Door, shelf: Shelf) -> None:
    head = door.visit(BLOG, method="HEAD", headers=PLAIN)
    assert (head.status_code, head.headers["Content-Length"], head.content) == (200, str(len(PAGE)), b"")
    part = door.visit(BLOG, headers={**PLAIN, "Range": "bytes=2-8"})
    assert (part.status_code, part.content) == (206, PAGE[2:9])


@pytest.mark.parametrize(
    ("path", "stored", "served"),
    [
        ("/feed/", ATOM, ATOM),
        ("/my-own/feed/", ATOM, ATOM),
        ("/feed.xml", ATOM, ATOM),
        ("/rss/", "application/rss+xml; charset=utf-8", "application/rss+xml; charset=utf-8"),
        ("/feed/rss/", "application/rss+xml", "application/rss+xml; charset=utf-8"),
        ("/rss.xml", "application/rss+xml", "application/rss+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/feed+json", "application/feed+json; charset=utf-8"),
        ("/json/", "application/feed+json", "application/feed+json; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8", "text/plain; charset=utf-8"),
        ("/favicon.svg", "image/svg+xml", "image/svg+xml"),
    ],
)
def test_other_files_have_their_own_type(
    door: Door, shelf: Shelf, path: str, stored: str, served: str
) -> None:
    shelf.put(BLOG, path, b"<a/>", stored)
    answer = door.visit(BLOG, path)
    assert (answer.status_code, answer.content) == (200, b"<a/>")
    assert answer.headers.get_list("Content-Type") == [served]
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("path", ["/日本語の題名/", "/100%/", "/a b/", "/a?b/", "/ä/#/", "/a+b&c;d/"])
def test_a_page_is_found_whatever_stands_in_its_path(door: Door, shelf: Shelf, path: str) -> None:
    shelf.put(BLOG, path)
    assert door.visit(BLOG, quote(path)).content == PAGE


@pytest.mark.parametrize(
    "path", ["/unread/", "/no-slash", "/%E6%97%A5/", "/100%25/?q=1", "/a%3Fb/x", "/a%2Fb/", "/a%20c/"]
)
def test_the_application_is_asked_for_just_what_the_reader_asked_for(
    door: Door, shelf: Shelf, path: str
) -> None:
    line = asked(door, path, headers={"Accept": "x"}).split(b"\r\n")[0]
    assert line in (f"GET {path} HTTP/1.1".encode(), f"GET {path.replace('%2F', '/')} HTTP/1.1".encode())


@pytest.mark.parametrize("query", ["?utm_source=x", "?fbclid=1&utm_medium=y", "?Q=1", "?pages=2"])
def test_a_query_that_means_nothing_is_ignored(door: Door, shelf: Shelf, query: str) -> None:
    assert door.visit(BLOG, f"/a-post/{query}").content == PAGE
    assert asked(door, f"/unread/{query}").startswith(b"GET /unread/ HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "query", ["?q=x", "?page=2", "?type=rss", "?token=a.b", "?utm_source=x&q=y", "?q", "?q="]
)
def test_a_query_that_means_something_reaches_the_application(door: Door, shelf: Shelf, query: str) -> None:
    assert asked(door, f"/a-post/{query}").startswith(f"GET /a-post/{query} HTTP/1.1\r\n".encode())


def test_a_query_of_the_main_host_is_not_touched(door: Door, shelf: Shelf) -> None:
    assert asked(door, "/?utm_source=x", MAIN_HOST).startswith(b"GET /?utm_source=x HTTP/1.1\r\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_whoever_sends_something_reaches_the_application(door: Door, shelf: Shelf, method: str) -> None:
    assert asked(door, "/a-post/?key=1", method=method).startswith(f"{method} /a-post/?key=1 ".encode())


def test_nobody_with_a_cookie_gets_a_stored_page_of_the_main_host(door: Door, shelf: Shelf) -> None:
    assert b"__Host-session=1" in asked(door, "/a-post/", MAIN_HOST, headers={"Cookie": "__Host-session=1"})


def test_a_blog_knows_no_cookie(door: Door, shelf: Shelf) -> None:
    cookie = {"Cookie": "_ga=1"}
    assert door.visit(BLOG, "/a-post/", headers=cookie).content == PAGE
    assert b"_ga" not in asked(door, "/unread/", headers=cookie)


@pytest.mark.parametrize(
    "path",
    [
        "/index.html",
        "/a-post/index.html",
        "/a-post/index.html/",
        "/a-post/index.html.br",
        "/a-post/index.html.etag",
        "/a-post/index.html.etag/",
        "/feed/index.xml",
        "/robots.txt.etag",
        "/a-post",
        "/A-post/",
        "/.br/",
    ],
)
def test_no_file_is_served_under_a_name_of_its_own(door: Door, shelf: Shelf, path: str) -> None:
    shelf.put(BLOG, "/feed/", b"<a/>", ATOM)
    shelf.put(BLOG, "/robots.txt", b"", "text/plain")
    assert asked(door, path).startswith(f"GET {path} HTTP/1.1\r\n".encode())


@pytest.mark.parametrize("host", [BLOG, MAIN_HOST])
@pytest.mark.parametrize(
    "path", [f"/{'a' * 300}/", f"/{quote('語' * 90)}/", f"/{'a' * 300}.xml", f"/a/{'b' * 9000}/", "/a%00b/"]
)
def test_a_name_that_no_file_can_have_is_asked_of_the_application(
    door: Door, shelf: Shelf, host: str, path: str
) -> None:
    assert asked(door, path, host).startswith(f"GET {path} HTTP/1.1\r\n".encode())


def test_a_style_sheet_is_kept_for_ever(door: Door, shelf: Shelf) -> None:
    shelf.put_style_sheet("/style/0123abcd.css", b"body{}")
    answer = door.visit(BLOG, "/style/0123abcd.css?v=1")
    assert (answer.content, answer.headers["Content-Type"]) == (b"body{}", "text/css; charset=utf-8")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("/style/gone.css", "/style/0123abcd.css.etag"):
        assert asked(door, path).startswith(f"GET {path} ".encode())


def test_a_missing_style_sheet_is_not_kept(door: Door, shelf: Shelf) -> None:
    with door.application(status=404):
        assert "Cache-Control" not in door.visit(BLOG, "/style/gone.css").headers


def test_a_new_version_shows_nothing_of_the_old_one(door: Door, shelf: Shelf) -> None:
    host = f"bob.{MAIN_HOST}"
    shelf.put(host, "/", b"old")
    assert door.visit(host).content == b"old"
    shelf.publish(host)
    assert asked(door, "/", host).startswith(b"GET / ")
    shelf.put(host, "/", b"new")
    assert door.visit(host).content == b"new"


def test_without_any_stored_page_all_is_asked_of_the_application(door: Door, shelf: Shelf) -> None:
    folder = door.folder / "cache"
    folder.rename(door.folder / "elsewhere")
    try:
        assert asked(door, "/a-post/").startswith(b"GET /a-post/ ")
    finally:
        (door.folder / "elsewhere").rename(folder)


def test_httpx_is_told_the_truth_about_a_small_page(door: Door, shelf: Shelf) -> None:
    shelf.put(BLOG, "/small/", b"small")
    answer: httpx.Response = door.visit(BLOG, "/small/")
    assert (answer.content, "Content-Encoding" in answer.headers) == (b"small", False)

"""Which paths can be files, and which file each is."""

from pathlib import Path

import pytest

from bearblog.engines.pagecache import places

FOLDER = Path("/pages")


@pytest.mark.parametrize(
    "path", ["/", "/post/", "/über-uns/", "/a/b/", "/sitemap.xml", "/日記/", "/a.b/", "/~x/"]
)
def test_pages_of_a_blog_can_be_stored(path: str) -> None:
    assert places.is_storable(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "post/",
        "//",
        "/a//b/",
        "/../x/",
        "/a/./b/",
        "/a/..",
        "/a\0b/",
        "/a\nb/",
        "/index.html",
        "/post/index.xml/",
        "/post/page.br",
        "/x.gz/",
        "/y.etag",
        f"/{'a' * 201}/",
        f"/{'日' * 67}/",
        "/" + "abc/" * 300,
        "/\ud800/".encode("utf-8", "replace").decode() + "\x7f",
    ],
)
def test_what_could_be_taken_for_another_file_cannot(path: str) -> None:
    assert not places.is_storable(path)


@pytest.mark.parametrize(
    ("path", "content_type", "file"),
    [
        ("/", "text/html; charset=utf-8", "index.html"),
        ("/post/", "text/html", "post/index.html"),
        ("/feed/", "application/atom+xml; charset=utf-8", "feed/index.xml"),
        ("/rss/", "application/rss+xml", "rss/index.xml"),
        ("/feed.json", "application/feed+json; charset=utf-8", "feed.json"),
        ("/sitemap.xml", "application/xml", "sitemap.xml"),
        ("/robots.txt", "text/plain; charset=utf-8", "robots.txt"),
        ("/favicon.svg", "image/svg+xml", "favicon.svg"),
    ],
)
def test_the_ending_tells_the_type(path: str, content_type: str, file: str) -> None:
    found = places.file_in(FOLDER, path, content_type)
    assert found == FOLDER / file
    assert found in places.files_at(FOLDER, path)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/post.html", "text/html"),
        ("/my.feed", "application/atom+xml"),
        ("/feed.xml", "application/feed+json"),
        ("/robots/", "text/plain"),
        ("/picture/", "image/svg+xml"),
        ("/photo.png", "image/png"),
        ("/x/", ""),
    ],
)
def test_what_caddy_would_give_another_type_has_no_file(path: str, content_type: str) -> None:
    assert places.file_in(FOLDER, path, content_type) is None

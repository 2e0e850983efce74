from pathlib import Path

import pytest
from pytest_django import Settings

from bearblog.engines.pagecache import links, stored
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.places import Place
from deploy.bench.on_box import pages

_HOST = "garden.bear.localhost"


@pytest.fixture
def where(tmp_path: Path, settings: Settings) -> Pages:
    settings.CACHE_DIR, settings.PAGES_KEY = tmp_path, "key"
    return Pages(tmp_path, "key")


def test_hosts_get_pages_like_a_stored_one(where: Pages) -> None:
    body = b"<body>" + b"Beans. " * 500 + b"</body>"
    stored.write(where, Place("1", 7, 1, _HOST, "/post/"), body, "text/html; charset=utf-8")
    links.swing(where, "1", lambda: Site("1", 7, 1, frozenset({_HOST})))
    hosts = ["curve-0.bear.localhost", "curve-1.bear.localhost"]
    pages.store(hosts, pages=2, like=(_HOST, "/post/"))
    for host in hosts:
        for path in ("/post-0/", "/post-1/"):
            file = where.hosts / host / path.strip("/") / "index.html"
            assert file.read_bytes() == body.replace(b"</body>", f"<p>{host}{path}</p></body>".encode())
            assert file.with_name("index.html.br").exists()


def test_a_page_that_is_not_stored_is_no_sample(where: Pages) -> None:
    links.swing(where, "1", lambda: Site("1", 7, 1, frozenset({_HOST})))
    with pytest.raises(LookupError):
        pages.store(["curve-0.bear.localhost"], pages=1, like=(_HOST, "/post/"))

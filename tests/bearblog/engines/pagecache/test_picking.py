"""One of the stored pages by chance."""

import shutil

from bearblog.engines.pagecache import links, picking, stored
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.picking import Sample
from bearblog.engines.pagecache.places import Place

PLENTY = 1_000_000
TYPES = {
    "/sitemap.xml": "application/xml",
    "/feed/": "application/atom+xml",
    "/feed.json": "application/feed+json",
}
PATHS = {"/", "/post/", "/tags/über/", *TYPES}


def write(pages: Pages, path: str, host: str = "a.example.org", body: bytes = b"x" * 2000) -> None:
    place = Place("12", 5, 2, host, path)
    assert stored.write(pages, place, body, TYPES.get(path, "text/html"))


def pick(pages: Pages, most_bytes: int = PLENTY) -> Sample:
    sample = picking.pick(pages, most_bytes=most_bytes)
    assert sample is not None
    return sample


def test_every_page_has_its_chance_and_nothing_else_has(pages: Pages, site: Site) -> None:
    for path in PATHS:
        write(pages, path)
    picked = {sample.path for sample in (pick(pages) for _ in range(1000))}
    assert picked == PATHS
    sample = pick(pages)
    assert (sample.site, sample.host) == ("12", "a.example.org")
    assert picking.read(pages, sample) == b"x" * 2000


def test_a_page_that_is_too_large_is_left_alone(pages: Pages, site: Site) -> None:
    write(pages, "/", body=b"x" * 1001)
    assert picking.pick(pages, most_bytes=1000) is None
    assert pick(pages, most_bytes=1001).path == "/"


def test_what_nobody_reads_is_not_picked(pages: Pages, site: Site) -> None:
    assert picking.pick(pages, most_bytes=PLENTY) is None
    stored.write(pages, Place("12", 4, 2, "a.example.org", "/"), b"old", "text/html")
    assert picking.pick(pages, most_bytes=PLENTY) is None


def test_without_a_folder_nothing_is_picked(pages: Pages, site: Site) -> None:
    shutil.rmtree(pages.root)
    assert picking.pick(pages, most_bytes=PLENTY) is None


def test_a_page_that_was_written_anew_left_or_removed_is_not_the_one_that_was_picked(
    pages: Pages, site: Site
) -> None:
    write(pages, "/")
    first = pick(pages)
    write(pages, "/")
    assert picking.read(pages, first) is None
    second = pick(pages)
    links.swing(pages, "12", lambda: Site("12", 6, 2, site.hosts))
    assert picking.read(pages, second) is None
    shutil.rmtree(pages.sites)
    assert picking.read(pages, second) is None

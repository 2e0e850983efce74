"""What lies on disk and what was done, in numbers."""

from bearblog.engines.pagecache import counts, figures, stored, trimming
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.places import Place


def test_pages_and_last_copies_are_told_apart(pages: Pages, site: Site) -> None:
    for path in ("/", "/post/"):
        stored.write(pages, Place("12", 5, 2, "a.example.org", path), b"x" * 2000, "text/html")
    counts.count(pages, renders=3, found=4)
    found = figures.gather(pages)
    assert (found.key, found.current) == ("release-1", "release-1")
    assert (found.sites, found.pages, found.last_copies, found.files) == (1, 2, 2, 14)
    assert (found.renders, found.found, found.stored) == (3, 4, 2)
    assert found.bytes == trimming.size(pages).bytes
    assert found.written > 4000


def test_of_an_empty_folder_there_is_nothing_to_count(pages: Pages) -> None:
    found = figures.gather(pages)
    assert found.current is None
    assert (found.sites, found.pages, found.last_copies, found.bytes, found.renders) == (0, 0, 0, 0, 0)

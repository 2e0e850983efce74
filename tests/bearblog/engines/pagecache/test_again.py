"""Pages that should be made once more in their place."""

from bearblog.engines.pagecache import again, stored
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.places import Place


def test_a_page_is_asked_for_once_until_it_is_taken(pages: Pages) -> None:
    assert again.asked(pages) == []
    again.ask(pages, "12", "/post/")
    again.ask(pages, "12", "/post/")
    again.ask(pages, "12", "/über/")
    assert {(one.site, one.path) for one in again.asked(pages)} == {("12", "/post/"), ("12", "/über/")}
    assert again.is_asked(pages, "12", "/post/")
    for one in again.asked(pages):
        again.take(pages, one)
    assert again.asked(pages) == []
    assert not again.is_asked(pages, "12", "/post/")


def test_a_page_that_was_asked_for_again_waits_as_long_as_before(pages: Pages) -> None:
    again.ask(pages, "12", "/post/")
    (first,) = again.asked(pages)
    again.ask(pages, "12", "/post/")
    assert again.asked(pages) == [first]


def test_the_hosts_are_those_where_readers_find_it(pages: Pages, site: Site) -> None:
    for host, version in (("a.example.org", 5), ("b.example.org", 4)):
        stored.write(pages, Place("12", version, 2, host, "/post/"), b"x", "text/html")
    assert again.hosts_with(pages, "12", "/post/") == ["a.example.org"]
    assert again.hosts_with(pages, "12", "/other/") == []
    assert again.hosts_with(pages, "13", "/post/") == []
    assert again.hosts_with(pages, "12", "/../") == []

"""Which version of a site readers see."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bearblog.engines.pagecache import links, stored
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.places import Place

HTML = "text/html"


def write(pages: Pages, site: Site, host: str, words: str) -> None:
    place = Place(site.name, site.version, site.epoch, host, "/")
    assert stored.write(pages, place, words.encode(), HTML)


def seen(pages: Pages, host: str, folder: str = "pages/current/hosts") -> str | None:
    file = pages.root / folder / host / "index.html"
    return file.read_text() if file.exists() else None


def test_readers_see_the_newest_version_at_each_host(pages: Pages, site: Site) -> None:
    write(pages, site, "a.example.org", "five")
    newer = replace(site, version=6)
    links.swing(pages, site.name, lambda: newer)
    assert seen(pages, "a.example.org") is None
    write(pages, newer, "a.example.org", "six")
    assert (seen(pages, "a.example.org"), seen(pages, "b.example.org")) == ("six", None)
    assert links.linked(pages) == dict.fromkeys(site.hosts, ("12", 6))
    assert links.is_right(pages, newer)
    assert not links.is_right(pages, site)


def test_the_last_good_copy_outlives_a_version_and_no_withdrawal(pages: Pages, site: Site) -> None:
    write(pages, site, "a.example.org", "five")
    links.swing(pages, site.name, lambda: replace(site, version=6))
    assert seen(pages, "a.example.org", "last") == "five"
    links.hide_last(pages, site.hosts)
    assert seen(pages, "a.example.org", "last") is None
    withdrawn = replace(site, version=7, epoch=7)
    links.swing(pages, site.name, lambda: withdrawn)
    assert seen(pages, "a.example.org", "last") is None


def test_a_host_that_was_left_leads_nowhere(pages: Pages, site: Site) -> None:
    write(pages, site, "b.example.org", "five")
    links.swing(pages, site.name, lambda: replace(site, hosts=frozenset({"a.example.org"})), left=site.hosts)
    assert set(links.linked(pages)) == {"a.example.org"}
    assert seen(pages, "b.example.org", "last") is None


def test_a_host_that_passed_to_another_site_stays_with_it(pages: Pages, site: Site) -> None:
    other = Site("13", 1, 1, frozenset({"b.example.org"}))
    links.swing(pages, other.name, lambda: other)
    links.swing(pages, site.name, lambda: replace(site, hosts=frozenset({"a.example.org"})), left=site.hosts)
    assert links.linked(pages)["b.example.org"] == ("13", 1)


def test_a_site_that_is_gone_is_seen_nowhere(pages: Pages, site: Site) -> None:
    write(pages, site, "a.example.org", "five")
    links.swing(pages, site.name, lambda: None, left=site.hosts)
    assert links.linked(pages) == {}
    assert seen(pages, "a.example.org") is None
    assert seen(pages, "a.example.org", "last") is None


def test_hosts_that_nobody_has_are_dropped(pages: Pages, site: Site) -> None:
    assert links.drop_strangers(pages, {"a.example.org"}) == 2
    assert set(links.linked(pages)) == {"a.example.org"}
    assert pages.last_sites.parent.exists()


def test_a_new_release_is_seen_once_it_is_opened(pages: Pages, site: Site) -> None:
    write(pages, site, "a.example.org", "old release")
    new = Pages(pages.root, "release-2")
    links.ensure_current(new)
    links.swing(new, "13", lambda: Site("13", 1, 1, frozenset({"c.example.org"})))
    assert seen(new, "a.example.org") == "old release"
    assert links.open_key(new)
    assert not links.open_key(new)
    assert seen(new, "a.example.org") is None


def test_what_changes_between_two_releases_is_not_seen_as_it_was(pages: Pages, site: Site) -> None:
    write(pages, site, "a.example.org", "before the change")
    new = Pages(pages.root, "release-2")
    links.swing(new, site.name, lambda: replace(site, version=6))
    assert seen(pages, "a.example.org") is None


def test_what_does_not_change_is_seen_until_the_new_release_is_opened(pages: Pages, site: Site) -> None:
    write(pages, site, "a.example.org", "the same")
    links.swing(Pages(pages.root, "release-2"), site.name, lambda: site)
    assert seen(pages, "a.example.org") == "the same"


def test_the_version_is_read_under_the_lock(pages: Pages, site: Site) -> None:
    versions, began = iter(range(6, 200)), threading.Barrier(8)
    newest = []

    def publish() -> None:
        began.wait()
        for _ in range(10):

            def read() -> Site:
                newest.append(next(versions))
                return replace(site, version=newest[-1])

            links.swing(pages, site.name, read)

    threads = [threading.Thread(target=publish) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert links.linked(pages)["a.example.org"] == ("12", newest[-1])
    assert newest == sorted(newest)


def test_where_a_link_cannot_be_swung_nothing_old_is_served(
    pages: Pages, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    write(pages, site, "a.example.org", "five")

    def fail() -> Site:
        raise OSError("the disk is full")

    links.swing(pages, site.name, fail)
    assert seen(pages, "a.example.org") is None
    assert seen(pages, "a.example.org", "last") is None
    assert "the disk is full" in caplog.text


def test_where_the_lock_is_held_too_long_nothing_old_is_served(
    pages: Pages, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(pages, site, "a.example.org", "five")
    monkeypatch.setattr(links, "_PATIENCE", 0.0)

    def meanwhile() -> Site:
        links.swing(pages, site.name, lambda: site)
        assert seen(pages, "a.example.org") is None
        return replace(site, version=6)

    links.swing(pages, site.name, meanwhile)
    assert links.is_right(pages, replace(site, version=6))


def test_a_folder_deleted_at_any_moment_comes_back(pages: Pages, site: Site) -> None:
    for file in sorted(Path(pages.root).rglob("*"), reverse=True):
        file.unlink() if file.is_symlink() or file.is_file() else file.rmdir()
    links.ensure_current(pages)
    links.swing(pages, site.name, lambda: site)
    write(pages, site, "a.example.org", "again")
    assert seen(pages, "a.example.org") == "again"

"""What is removed, and when."""

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bearblog.engines.pagecache import links, stored, trimming
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.places import Place

BODY = b"<p>a page of some length</p>" * 100
PLACE = Place("12", 5, 2, "a.example.org", "/post/")


def write(pages: Pages, path: str = "/post/", version: int = PLACE.version) -> Path:
    place = replace(PLACE, path=path, version=version)
    assert stored.write(pages, place, BODY, "text/html")
    return place.folder(pages) / path.strip("/") / "index.html"


def age(folder: Path, seconds: float) -> None:
    moment = time.time() - seconds
    os.utime(folder, (moment, moment), follow_symlinks=False)


def test_a_version_goes_a_minute_after_it_was_left(pages: Pages, site: Site) -> None:
    old, new = write(pages), write(pages, version=6)
    links.swing(pages, "12", lambda: replace(site, version=6))
    now = time.time()
    assert trimming.sweep(pages, now + 55) == 0
    assert trimming.sweep(pages, now + 65) == 1
    assert not old.exists()
    assert new.exists()


def test_what_a_late_render_wrote_into_a_version_that_was_left_goes_too(pages: Pages, site: Site) -> None:
    late = write(pages, version=3)
    assert trimming.sweep(pages, time.time() + 65) == 1
    assert not late.exists()


def test_last_good_copies_from_before_a_withdrawal_go(pages: Pages, site: Site) -> None:
    write(pages)
    links.swing(pages, "12", lambda: replace(site, version=6, epoch=6))
    assert trimming.sweep(pages, time.time() + 65) == 2
    assert not list(pages.last_sites.rglob("*.html"))


def test_the_pages_of_a_site_that_is_gone_go(pages: Pages, site: Site) -> None:
    write(pages)
    links.swing(pages, "12", lambda: None, left=site.hosts)
    assert trimming.sweep(pages, time.time() + 65) == 2


def test_an_old_release_goes_after_an_hour_and_never_the_one_that_serves(pages: Pages, site: Site) -> None:
    write(pages)
    new = Pages(pages.root, "release-2")
    links.swing(new, site.name, lambda: site)
    now = time.time()
    assert trimming.sweep(new, now + 7200) == 0
    links.open_key(new)
    assert trimming.sweep(new, now + 3500) == 0
    assert trimming.sweep(new, now + 3700) == 1
    assert not pages.own.exists()


def test_sizes_count_a_last_good_copy_once(pages: Pages, site: Site) -> None:
    assert trimming.size(pages) == trimming.Size()
    file = write(pages)
    found = trimming.size(pages)
    assert found.pages == 2
    assert found.files == 7
    beside = file.parent.iterdir()
    assert found.bytes == pytest.approx(sum(each.stat().st_size for each in beside), abs=2)


def test_what_was_not_read_for_longest_is_dropped_first(pages: Pages, site: Site) -> None:
    written = [write(pages, f"/post-{number}/") for number in range(10)]
    for number, file in enumerate(written):
        for each in file.parent.iterdir():
            age(each, seconds=100 * number)
    most = trimming.size(pages).bytes
    assert trimming.trim(pages, most_bytes=most, most_files=1000) == 0
    assert trimming.trim(pages, most_bytes=most // 2, most_files=1000) > 0
    assert trimming.size(pages).bytes <= most // 2
    assert written[0].exists()
    assert not written[9].exists()
    assert not written[9].parent.exists()


def test_a_page_read_as_compressed_alone_counts_as_read(pages: Pages, site: Site) -> None:
    read, unread = write(pages, "/read/"), write(pages, "/unread/")
    for file in (*read.parent.iterdir(), *unread.parent.iterdir()):
        age(file, seconds=1000)
    age(Path(f"{read}.br"), seconds=0)
    trimming.trim(pages, most_bytes=10**9, most_files=10)
    assert read.exists()
    assert not unread.exists()


def test_the_number_of_files_is_bounded_too(pages: Pages, site: Site) -> None:
    for number in range(10):
        write(pages, f"/post-{number}/")
    trimming.trim(pages, most_bytes=10**9, most_files=30)
    assert trimming.size(pages).files <= 30


def test_the_pages_of_a_host_are_cleared_with_their_last_copies(pages: Pages, site: Site) -> None:
    cleared, other = write(pages), PLACE
    stored.write(pages, replace(other, host="b.example.org"), BODY, "text/html")
    assert trimming.clear(pages, ["a.example.org"]) == 2
    assert not cleared.exists()
    assert stored.read(pages, replace(other, host="b.example.org")) is not None
    assert trimming.clear(pages, ["nowhere.example.org", "../.."]) == 0


def test_all_pages_are_cleared_and_can_be_stored_again(pages: Pages, site: Site) -> None:
    write(pages)
    assert trimming.clear(pages) == 2
    assert trimming.size(pages) == trimming.Size()
    assert write(pages).exists()
    assert (pages.root / "pages/current/hosts/a.example.org/post/index.html").exists()


def test_what_a_clearing_that_was_killed_left_goes(
    pages: Pages, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(pages)
    with monkeypatch.context() as killed:
        killed.setattr(shutil, "rmtree", lambda *_, **__: None)
        assert trimming.clear(pages) == 2
    assert trimming.sweep(pages, time.time() + 55) == 0
    assert trimming.sweep(pages, time.time() + 65) == 2
    assert not list(pages.root.rglob("*.html"))


def test_the_mark_of_healed_links_is_no_page(pages: Pages, site: Site) -> None:
    links.mark(pages)
    assert trimming.trim(pages, most_bytes=0, most_files=0) == 0
    assert links.is_marked(pages)

"""Pages on disk: whole, compressed, tagged, and readable for Caddy."""

import gzip
import stat
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

from bearblog.engines.pagecache import assets, counts, files, stored
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.places import Place

HTML = "text/html; charset=utf-8"
LONG = b"<p>a page of some length</p>" * 100
PLACE = Place("12", 5, 2, "a.example.org", "/post/")


def served(pages: Pages, path: str = "post/index.html") -> Path:
    return pages.root / "pages/current/hosts/a.example.org" / path


def test_a_page_is_found_where_caddy_looks(pages: Pages, site: Site) -> None:
    assert stored.read(pages, PLACE) is None
    assert stored.write(pages, PLACE, LONG, HTML)
    found = stored.read(pages, PLACE)
    assert found == stored.StoredPage(LONG, HTML, stored.etag_of(LONG))
    file = served(pages)
    assert file.read_bytes() == LONG
    assert brotli.decompress(Path(f"{file}.br").read_bytes()) == LONG
    assert gzip.decompress(Path(f"{file}.gz").read_bytes()) == LONG
    assert (pages.root / "last/a.example.org/post/index.html").read_bytes() == LONG


def test_every_form_has_a_tag_of_its_own_that_comes_from_the_content(pages: Pages, site: Site) -> None:
    stored.write(pages, PLACE, LONG, HTML)
    stored.write(pages, replace(PLACE, version=6), LONG, HTML)
    tags = [Path(f"{served(pages)}{form}.etag").read_text() for form in ("", ".br", ".gz")]
    assert tags[0] == stored.etag_of(LONG)
    assert len(set(tags)) == 3
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)
    assert stored.etag_of(LONG) != stored.etag_of(LONG + b" ")


def test_whatever_the_umask_others_may_read_it(pages: Pages, site: Site) -> None:
    stored.write(pages, PLACE, LONG, HTML)
    path = served(pages).resolve()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    for folder in path.parents:
        if folder == pages.root:
            break
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755, folder


def test_a_page_that_grew_short_keeps_no_compressed_form_of_what_it_was(pages: Pages, site: Site) -> None:
    stored.write(pages, PLACE, LONG, HTML)
    stored.write(pages, PLACE, b"short", HTML)
    assert not Path(f"{served(pages)}.br").exists()
    assert not Path(f"{served(pages)}.gz").exists()


def test_a_late_render_writes_only_where_nobody_reads(pages: Pages, site: Site) -> None:
    assert stored.write(pages, replace(PLACE, version=4, epoch=1), b"old words", HTML)
    assert not served(pages).exists()
    assert not (pages.root / "last/a.example.org/post/index.html").exists()


def test_a_late_render_is_not_kept_as_the_last_good_copy(pages: Pages, site: Site) -> None:
    stored.write(pages, PLACE, LONG, HTML)
    assert stored.write(pages, replace(PLACE, version=4), b"old words", HTML)
    assert (pages.root / "last/a.example.org/post/index.html").read_bytes() == LONG


@pytest.mark.parametrize("path", ["/../../x/", "/a/../../", "/index.html", f"/{'a' * 250}/"])
def test_a_path_that_is_no_file_is_neither_written_nor_read(pages: Pages, site: Site, path: str) -> None:
    assert not stored.write(pages, replace(PLACE, path=path), LONG, HTML)
    assert stored.read(pages, replace(PLACE, path=path)) is None
    assert not list(pages.sites.rglob("*.html"))


def test_an_answer_of_another_type_is_not_stored(pages: Pages, site: Site) -> None:
    assert not stored.write(pages, PLACE, b"x", "application/pdf")


def test_a_folder_in_the_place_of_a_page_is_no_trouble(pages: Pages, site: Site) -> None:
    stored.write(pages, replace(PLACE, path="/x.txt/y/"), LONG, HTML)
    assert not stored.write(pages, replace(PLACE, path="/x.txt"), b"x", "text/plain")
    assert stored.read(pages, replace(PLACE, path="/x.txt")) is None


def test_nothing_half_made_is_left_where_a_write_fails(pages: Pages, site: Site) -> None:
    target = pages.root / "page"
    target.mkdir()
    with pytest.raises(OSError, match="directory"):
        files.write(target, b"x")
    assert [file.name for file in pages.root.iterdir() if file.name.endswith("~")] == []


def test_style_sheets_lie_outside_the_versions(pages: Pages) -> None:
    assert assets.write(pages, "/style/0123.css", b"p{}" * 500)
    assert assets.read(pages, "/style/0123.css") == b"p{}" * 500
    assert (pages.root / "pages/assets/style/0123.css.br").exists()
    assert assets.read(pages, "/style/other.css") is None
    assert not assets.write(pages, "/style/../../x.css", b"")


def test_what_was_written_is_counted(pages: Pages, site: Site) -> None:
    stored.write(pages, PLACE, b"short", HTML)
    counts.count(pages, renders=2, found=1)
    totals = counts.totals(pages)
    assert (totals.stored, totals.renders, totals.found) == (1, 2, 1)
    assert totals.written == len(b"short") + len(stored.etag_of(b"short"))


def test_the_counts_of_ended_processes_are_kept(pages: Pages) -> None:
    counts.count(pages, renders=2)
    (own,) = pages.counts.iterdir()
    own.rename(pages.counts / "1")
    counts.count(pages, renders=3)
    (pages.counts / "2").write_bytes(b"broken")
    assert counts.totals(pages).renders == 5

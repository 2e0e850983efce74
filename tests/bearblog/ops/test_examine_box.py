"""The doctor's lines on the database and the disk."""

import itertools
import os
import shutil
import time
import types
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F

from bearblog.domain.blogs import stored_pages
from bearblog.domain.blogs.models import Blog
from bearblog.engines.vitals.findings import Grade
from bearblog.ops import examine_box


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "CACHE_DIR", tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    return tmp_path / "cache"


def fill(monkeypatch: pytest.MonkeyPatch, *, bytes_free: float = 0.5, names_free: int = 50) -> None:
    """Lets the file systems say that so much of them is free."""
    usage = types.SimpleNamespace(total=100e9, free=bytes_free * 100e9)
    names = types.SimpleNamespace(f_favail=names_free, f_files=100)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(os, "statvfs", lambda _: names)


@pytest.mark.django_db
def test_a_whole_database_is_well() -> None:
    assert examine_box.database().sentence == "The database is whole."


@pytest.mark.django_db
def test_a_large_database_is_read_for_seconds_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine_box, "_CHECK_SECONDS", 0.0)
    monkeypatch.setattr(examine_box, "_STEPS", 1)
    finding = examine_box.database()
    assert (finding.grade, finding.sentence) == (Grade.OK, "What of it was read in 0 s is whole.")
    assert examine_box.database().grade is Grade.OK


@pytest.mark.usefixtures("committed_db")
def test_it_may_be_broken_off_wherever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine_box, "_STEPS", 1)
    for step in range(30):
        # A connection of its own, for SQLite sets its search tables up within the first statement.
        connection.close()
        clock = itertools.chain([0.0] * step, itertools.repeat(10.0))
        monkeypatch.setattr(time, "monotonic", lambda clock=clock: next(clock))
        assert examine_box.database().grade is Grade.OK


def test_a_disk_with_room_is_well_and_its_stored_pages_are_counted(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(monkeypatch)
    for name in ("pages/key/sites/1/2/host/index.html", "pages/assets/a.css", "last/.sites/1/1/host/index"):
        (cache / name).parent.mkdir(parents=True)
        (cache / name).touch()
    finding = examine_box.disk()
    assert (finding.grade, finding.sentence) == (
        Grade.OK,
        "50.0 GB (50%) and 50% of the inodes are free; stored pages are 3 files.",
    )


def test_very_many_pages_are_counted_for_seconds_only(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(monkeypatch)
    monkeypatch.setattr(examine_box, "_COUNT_SECONDS", -1.0)
    (cache / "pages").mkdir()
    assert "stored pages are more than 0 files" in examine_box.disk().sentence


@pytest.mark.parametrize(("free", "grade"), [(0.10, Grade.WARNING), (0.04, Grade.FAIL)])
def test_little_room_is_told(free: float, grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(monkeypatch, bytes_free=free)
    assert examine_box.disk().grade is grade


@pytest.mark.parametrize(("names", "grade"), [(10, Grade.WARNING), (4, Grade.FAIL)])
def test_few_inodes_are_told(names: int, grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(monkeypatch, names_free=names)
    assert examine_box.disk().grade is grade


def write(blog: Blog) -> None:
    """Changes the blog as an author's save does whose process has not yet come to its pages."""
    Blog.objects.filter(pk=blog.pk).update(version=F("version") + 1)


def test_what_authors_write_while_it_looks_is_no_fault(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    stored_pages.open_pages()
    look = stored_pages.wrong_links

    def look_as_someone_writes() -> set[stored_pages.Link]:
        stored_pages.heal()
        write(blog)
        found = look()
        assert found
        return found

    monkeypatch.setattr(stored_pages, "wrong_links", look_as_someone_writes)
    finding = examine_box.pages()
    assert (finding.grade, finding.sentence) == (Grade.OK, "Every blog leads readers to its newest pages.")


def test_pages_that_nobody_mends_are_told(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine_box, "_MEND_SECONDS", 0.2)
    stored_pages.open_pages()
    write(blog)
    finding = examine_box.pages()
    assert finding.grade is Grade.FAIL
    assert finding.sentence.startswith("1 hosts lead to pages that are not the newest, alice.")

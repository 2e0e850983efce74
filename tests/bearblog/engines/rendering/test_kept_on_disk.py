"""The store of rendered texts as a box has it: whatever happens to it, texts are rendered."""

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connections
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from bearblog.engines.rendering import kept, markdown
from tests.settings import CACHES_OF_A_BOX

TEXT = "Some words of *a* text. " * 10
NAME = "a" * 64


@pytest.fixture(autouse=True)
def _as_on_a_box(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    # No test's transaction is around this database: it makes itself, and its commits are commits.
    with django_db_blocker.unblock(), override_settings(CACHES=CACHES_OF_A_BOX):
        caches["rendered"].clear()
        yield
        # What a test did to the connection goes with it.
        connections["rendered"].close()


def sql(statement: str) -> list[tuple[object, ...]]:
    with connections["rendered"].cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def count() -> object:
    return sql("SELECT COUNT(*) FROM rendered")[0][0]


def delete_files() -> None:
    connections["rendered"].close()
    file = Path(connections["rendered"].settings_dict["NAME"])
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def test_what_is_kept_is_there_for_all_processes() -> None:
    html = markdown.render(TEXT, is_kept=True)
    connections["rendered"].close()
    assert kept.read(kept.name_of(TEXT, trusted=False)) == html
    assert markdown.render(TEXT, is_kept=True) == html


def test_a_long_text_is_kept_packed() -> None:
    kept.keep(NAME, "<p>words</p>\n" * 100_000)
    assert kept.read(NAME) == "<p>words</p>\n" * 100_000
    [[length]] = sql("SELECT LENGTH(value) FROM rendered")
    assert isinstance(length, int)
    assert length < 100_000


def test_a_store_that_is_locked_is_done_without() -> None:
    connections["rendered"].ensure_connection()
    other = connections["rendered"].copy()
    other.cursor().execute("BEGIN IMMEDIATE")
    assert "<em>a</em>" in markdown.render(TEXT, is_kept=True)
    other.rollback()
    other.close()
    assert count() == 0
    markdown.render(TEXT, is_kept=True)
    assert count() == 1


def test_a_store_that_was_deleted_is_made_again() -> None:
    markdown.render(TEXT, is_kept=True)
    delete_files()
    assert "<em>a</em>" in markdown.render(TEXT, is_kept=True)
    assert count() == 1


def test_a_store_that_cannot_be_opened_is_done_without(caplog: pytest.LogCaptureFixture) -> None:
    delete_files()
    file = Path(connections["rendered"].settings_dict["NAME"])
    file.write_bytes(b"no database" * 1000)
    try:
        assert "<em>a</em>" in markdown.render(TEXT, is_kept=True)
    finally:
        delete_files()
    assert "could not be read" in caplog.text


@pytest.mark.parametrize("value", ["", "no base64 !", "gASVBQAAAAAAAABDAWGULg==", "AAAA"])
def test_a_damaged_text_is_rendered_again(value: str) -> None:
    html = markdown.render(TEXT, is_kept=True)
    with connections["rendered"].cursor() as cursor:
        cursor.execute("UPDATE rendered SET value = %s", [value])
    assert markdown.render(TEXT, is_kept=True) == html


def test_a_full_store_keeps_what_it_has_until_it_is_swept() -> None:
    sql("PRAGMA max_page_count = 100")
    names = [f"{number:064}" for number in range(200)]
    for name in names:
        kept.keep(name, secrets.token_hex(4000))
    kept_before = count()
    assert isinstance(kept_before, int)
    assert 0 < kept_before < 200
    assert kept.read(names[0]) is not None
    assert "<em>a</em>" in markdown.render(TEXT, is_kept=True)
    kept.sweep()
    kept.keep(NAME, "<p>new</p>")
    assert kept.read(NAME) == "<p>new</p>"


def test_what_has_run_out_is_swept_away() -> None:
    kept.keep(NAME, "old")
    kept.keep("b" * 64, "new")
    sql("UPDATE rendered SET expires = '2020-01-01 00:00:00' WHERE cache_key LIKE '%aaa'")
    kept.sweep()
    assert count() == 1
    assert kept.read("b" * 64) == "new"


def test_many_readers_at_once_all_get_their_text() -> None:
    texts = [f"{TEXT} {number}" for number in range(40)]
    wrong: list[str] = []

    def read_all() -> None:
        for text in texts:
            if str(text[-2:]).strip() not in markdown.render(text, is_kept=True):
                wrong.append(text)
        connections["rendered"].close()

    threads = [threading.Thread(target=read_all) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert count() != 0

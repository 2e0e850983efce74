"""Copies are whole, and damage is found."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bearblog.engines.snapshots.database import copy_database, examine
from bearblog.engines.snapshots.errors import Damaged, SnapshotError


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with two tables, one of them Litestream's."""
    file = tmp_path / "a b?.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE post (id INTEGER PRIMARY KEY, body TEXT);"
            "CREATE INDEX by_body ON post (body); CREATE TABLE _litestream_seq (id INTEGER);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            "INSERT INTO post (body) SELECT 'text ' || i FROM n;"
        )
    return file


def test_a_copy_has_the_rows_of_its_source(database: Path, tmp_path: Path) -> None:
    copy_database(database, tmp_path / "copy")
    findings = examine(tmp_path / "copy")
    assert findings.rows == {"post": 500}
    assert findings.describe() == "500 rows in 1 tables"


def test_an_uncommitted_row_is_not_copied(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO post (body) VALUES ('half done')")
        copy_database(database, tmp_path / "copy")
    assert examine(tmp_path / "copy").rows == {"post": 500}


def test_a_copy_never_writes_over_a_file(database: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("something")
    with pytest.raises(SnapshotError, match="exists already"):
        copy_database(database, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "something"


def test_a_missing_database_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="could not be copied"):
        copy_database(tmp_path / "none", tmp_path / "copy")
    assert not (tmp_path / "none").exists()
    assert not (tmp_path / "copy").exists()


def test_an_overwritten_page_is_found(database: Path, tmp_path: Path) -> None:
    copy_database(database, tmp_path / "copy")
    content = bytearray((tmp_path / "copy").read_bytes())
    content[3 * 4096 + 8 : 3 * 4096 + 200] = b"\xff" * 192
    (tmp_path / "copy").write_bytes(content)
    with pytest.raises(Damaged, match=r"is damaged|cannot be read as a database"):
        examine(tmp_path / "copy")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("words, and many of them " * 100)
    with pytest.raises(SnapshotError, match="cannot be read as a database"):
        examine(tmp_path / "text")

"""Writes through Django onto a database on which a process was killed."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from tests import databases

LONG = "words " * 3000


@pytest.fixture
def logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a database of the same kind as the site's, which another one, too, has open."""
    settings = {**connections.settings["default"], "NAME": str(tmp_path / "logged.sqlite3")}
    monkeypatch.setitem(connections.settings, "logged", settings)
    with django_db_blocker.unblock(), closing(databases.connect(tmp_path / "logged.sqlite3")) as other:
        other.execute("CREATE TABLE post (id INTEGER PRIMARY KEY, text TEXT)")
        yield connections["logged"]
        connections["logged"].close()
    del connections["logged"]


def leave_a_commit(connection: BaseDatabaseWrapper) -> None:
    """As somebody else leaves it who is killed."""
    file = Path(connection.settings_dict["NAME"])
    with databases.killed_while_flushing(file), closing(databases.connect(file)) as other:
        other.execute("INSERT INTO post (text) VALUES (?)", (LONG,))


def texts(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM post ORDER BY id")
        return [text for (text,) in cursor.fetchall()]


def insert(connection: BaseDatabaseWrapper, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO post (text) VALUES (%s)", [text])


def test_a_transaction_takes_in_what_was_committed_before_it(logged: BaseDatabaseWrapper) -> None:
    insert(logged, "first")
    leave_a_commit(logged)
    assert texts(logged) == ["first"]
    with transaction.atomic(using="logged"):
        insert(logged, "own")
    assert texts(logged) == ["first", LONG, "own"]


def test_a_statement_of_its_own_does_so_too(logged: BaseDatabaseWrapper) -> None:
    insert(logged, "first")
    leave_a_commit(logged)
    insert(logged, "own")
    assert texts(logged) == ["first", LONG, "own"]


def test_a_transaction_that_is_begun_by_hand_does_so_too(logged: BaseDatabaseWrapper) -> None:
    insert(logged, "first")
    leave_a_commit(logged)
    with logged.cursor() as cursor:
        # As the queue of tasks begins its own.
        cursor.execute("BEGIN EXCLUSIVE")
        cursor.execute("INSERT INTO post (text) VALUES ('own')")
        cursor.execute("COMMIT")
    assert texts(logged) == ["first", LONG, "own"]


def test_who_only_reads_leaves_to_its_writer_what_is_being_committed(
    logged: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert(logged, "first")
    leave_a_commit(logged)
    # As pages are read: without the write lock, nobody knows whether the writer of it is at work.
    monkeypatch.setattr(logged, "transaction_mode", "DEFERRED")
    with transaction.atomic(using="logged"):
        assert texts(logged) == ["first"]
    assert texts(logged) == ["first"]


def test_who_comes_after_the_kill_reads_what_was_committed_before_it(logged: BaseDatabaseWrapper) -> None:
    insert(logged, "first")
    logged.close()
    leave_a_commit(logged)
    assert texts(logged) == ["first", LONG]


def test_who_comes_while_somebody_writes_waits_for_nothing(logged: BaseDatabaseWrapper) -> None:
    insert(logged, "first")
    logged.close()
    with closing(databases.connect(Path(logged.settings_dict["NAME"]))) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO post (text) VALUES (?)", (LONG,))
        assert texts(logged) == ["first"]


def test_what_returns_rows_can_be_a_statement_of_its_own(logged: BaseDatabaseWrapper) -> None:
    with logged.cursor() as cursor:
        cursor.execute("INSERT INTO post (text) VALUES ('own') RETURNING id")
        assert cursor.fetchone() == (1,)


def test_a_transaction_that_is_undone_leaves_what_was_taken_in(logged: BaseDatabaseWrapper) -> None:
    leave_a_commit(logged)
    with pytest.raises(OperationalError), transaction.atomic(using="logged"):
        insert(logged, "own")
        with logged.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
    assert texts(logged) == [LONG]


def test_a_database_that_somebody_holds_is_told_as_ever(logged: BaseDatabaseWrapper) -> None:
    with logged.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=10")
    with closing(databases.connect(Path(logged.settings_dict["NAME"]))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            insert(logged, "own")

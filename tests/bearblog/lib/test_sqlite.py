"""The SQLite that Django speaks to."""

from django.db import connection

from bearblog.lib import sqlite


def test_django_uses_a_sqlite_without_the_wal_bug(db: None) -> None:
    assert sqlite.is_safe()
    with connection.cursor() as cursor:
        [text] = cursor.execute("SELECT sqlite_version()").fetchone()
    assert tuple(int(part) for part in text.split(".")) == sqlite.version()


def test_the_database_file_is_as_durable_as_its_replica(db: None) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)

"""Keeps what the test's database holds as a past: a file of its own, as Litestream would give it back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

_TABLES = """
    SELECT name, sql FROM sqlite_schema
    WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' AND name NOT LIKE 'posts_search%'
    AND name NOT LIKE 'sqlite_%'
"""


def keep_past(file: Path) -> Path:
    """The file, in which all rows of the moment stand."""
    with closing(sqlite3.connect(file)) as past, connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for name, statement in cursor.fetchall():
            past.execute(statement)
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a quoted name
            marks = ", ".join("?" for _ in cursor.description)
            insert = f'INSERT INTO "{name}" VALUES ({marks})'  # noqa: S608 - a quoted name
            past.executemany(insert, cursor.fetchall())
        past.commit()
    return file


def execute(file: Path, *statements: str) -> None:
    """Changes the past, as an older version of the application would have written it."""
    with closing(sqlite3.connect(file)) as past:
        for statement in statements:
            past.execute(statement)
        past.commit()

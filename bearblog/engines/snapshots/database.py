"""Copies a living SQLite database into one compact file, and says whether such a file is whole."""

from bearblog.lib import sqlite

# isort: split
# Only below this line: the import above puts the safe SQLite in its place.
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bearblog.engines.snapshots.errors import Damaged, SnapshotError

_LOCK_PATIENCE = 60
# SQLITE_CORRUPT and SQLITE_NOTADB, in SQLite's words.
_DAMAGE = ("malformed", "not a database")
_BOOKKEEPING = ("sqlite_", "_litestream_")


@dataclass(frozen=True)
class Findings:
    """What a whole database holds: rows by table."""

    rows: dict[str, int]

    def describe(self) -> str:
        """The findings in a few words."""
        return f"{sum(self.rows.values())} rows in {len(self.rows)} tables"


def sqlite_version() -> str:
    """The version of the SQLite library that copies and checks."""
    return ".".join(str(part) for part in sqlite.version())


def copy_database(source: Path, target: Path) -> None:
    """Writes the state of one moment into a new file while others write; raises SnapshotError."""
    if not sqlite.is_safe():
        raise SnapshotError(f"SQLite {sqlite_version()} can lose committed writes; install pysqlite3.")
    if target.exists():
        raise SnapshotError(f"{target} exists already; remove it or name another file.")
    try:
        with closing(_open(source, "rw")) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        kind = Damaged if any(words in str(error) for words in _DAMAGE) else SnapshotError
        raise kind(f"{source} could not be copied: {error}.") from error


def examine(database: Path) -> Findings:
    """Reads the whole database and returns its row counts; raises SnapshotError when anything is amiss."""
    try:
        with closing(_open(database, "ro")) as connection:
            _check(connection, database)
            return Findings(_count_rows(connection))
    except sqlite3.Error as error:
        raise Damaged(f"{database} cannot be read as a database: {error}.") from error


def _open(file: Path, mode: str) -> sqlite3.Connection:
    uri = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=_LOCK_PATIENCE, isolation_level=None)


def _check(connection: sqlite3.Connection, database: Path) -> None:
    complaints = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    if complaints != ["ok"]:
        raise Damaged(f"{database} is damaged: {'; '.join(complaints)}.")
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise Damaged(f"{database} has a row in {orphan[0]!r} that points at a missing row of {orphan[2]!r}.")


def _count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    tables = [str(name) for (name,) in names if not str(name).startswith(_BOOKKEEPING)]
    return {table: int(connection.execute(_count(table)).fetchone()[0]) for table in tables}


def _count(table: str) -> str:
    quoted = table.replace('"', '""')
    return f'SELECT count(*) FROM "{quoted}"'  # noqa: S608  # names come from the schema, quoted

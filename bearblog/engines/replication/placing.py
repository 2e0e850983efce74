"""Examines a fetched database and moves it into place; the one before it is set aside, never deleted."""

from bearblog.lib import sqlite

# isort: split
# Only below this line: the import above puts the safe SQLite in its place.
import itertools
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from bearblog.engines.replication import files
from bearblog.engines.replication.errors import Damaged, ReplicationError

_STAGED = ".restoring-"
_SIDECARS = ("-wal", "-shm")
_BOOKKEEPING = ("sqlite_", "_litestream_")
_MODE = 0o660


def refuse_unless_free(database: Path, *, replace: bool) -> None:
    """Raises ReplicationError when a database is there and may not be replaced, or is open."""
    if not database.exists():
        return
    if not replace:
        raise ReplicationError(
            f"{database} exists already; restoring over it needs --replace (restore_replace in the "
            "inventory). It is set aside then, not deleted."
        )
    try:
        with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as connection:
            # Exclusive mode is refused as long as any other process has the file open, even idle.
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        # A damaged file is a good reason to restore over it; it is set aside as it is.
        if "locked" in str(error):
            raise ReplicationError(
                f"{database} is open. Stop bearblog, bearblog-worker and litestream, then restore again."
            ) from error


def make_staging(database: Path) -> Path:
    """A folder of its own beside the database, in which a restored one waits to be placed."""
    return Path(tempfile.mkdtemp(prefix=f"{database.name}{_STAGED}", dir=database.parent))


def remove_abandoned(database: Path) -> None:
    """Removes what a restore that was killed left behind."""
    for left in database.parent.glob(f"{database.name}{_STAGED}*"):
        # An older release left a file, not a folder.
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def remove_fetched(fetched: Path) -> None:
    """Removes a fetched file and everything that came beside it."""
    for left in fetched.parent.glob(f"{fetched.name}*"):
        left.unlink(missing_ok=True)


def megabytes(fetched: Path) -> float:
    """How much of the file has come so far."""
    sizes = [0]
    for part in fetched.parent.glob(f"{fetched.name}*"):
        with suppress(FileNotFoundError):
            sizes.append(part.stat().st_size)
    return max(sizes) / 1e6


def examine(fetched: Path) -> dict[str, int]:
    """Rows by table. Raises Damaged when something is amiss with the file, or it holds no tables."""
    if not sqlite.is_safe():
        raise ReplicationError("This SQLite can lose committed writes; install pysqlite3.")
    try:
        # Immutable: a look at the file must leave no sidecars beside it.
        address = f"{fetched.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            complaints = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
            rows = _count_rows(connection)
    except sqlite3.Error as error:
        raise Damaged(f"The restored file cannot be read as a database ({error}).") from error
    if complaints != ["ok"]:
        raise Damaged(f"The restored database is damaged: {'; '.join(complaints)}.")
    if orphan is not None:
        raise Damaged(
            f"The restored database has a row in {orphan[0]!r} that points at a missing row of {orphan[2]!r}."
            " Choose an earlier moment (restore_to)."
        )
    if not rows:
        raise Damaged("The restored database holds no tables.")
    return rows


def settle(fetched: Path) -> None:
    """Folds into the file what was written beside it. Raises ReplicationError while something has it open."""
    with closing(sqlite3.connect(fetched, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if fetched.with_name(f"{fetched.name}-wal").exists():
        raise ReplicationError(f"{fetched} is still open; try again.")


def place(fetched: Path, database: Path, now: datetime) -> Path | None:
    """Moves the fetched file into place; returns where the database before it now lies, if there was one."""
    had_database = database.exists()
    fetched.chmod(_MODE)
    aside = _unused_name(database, now)
    try:
        # The sidecars go along even without their database: a stale WAL would be read into the new file.
        _move_all(database, aside)
        fetched.rename(database)
        files.sync_folder(database.parent)
    except OSError as error:
        _move_all(aside, database)
        raise ReplicationError(f"{database} could not be put into place ({error.strerror}).") from error
    return aside if had_database else None


def take_back(database: Path, set_aside: Path | None) -> None:
    """Undoes `place`."""
    database.unlink(missing_ok=True)
    if set_aside is not None:
        _move_all(set_aside, database)


def _unused_name(database: Path, now: datetime) -> Path:
    stem = f"{database.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    numbered = (database.with_name(f"{stem}-{number}") for number in itertools.count(2))
    return next(name for name in itertools.chain([database.with_name(stem)], numbered) if not name.exists())


def _move_all(source: Path, target: Path) -> None:
    for suffix in ("", *_SIDECARS):
        with suppress(FileNotFoundError):
            source.with_name(source.name + suffix).rename(target.with_name(target.name + suffix))


def _count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    tables = [str(name) for (name,) in names if not str(name).startswith(_BOOKKEEPING)]
    return {table: _count(connection, table) for table in tables}


def _count(connection: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    row = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608 - a quoted name
    return int(row[0])

"""Whether this installation can do its work: what /readyz and the doctor ask."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from bearblog.lib import sqlite


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; the sentence says what was found."""

    name: str
    is_ok: bool
    sentence: str


def check_all() -> list[Check]:
    """Every check that the web process can make by itself. None raises."""
    return [_checked(name, check) for name, check in _CHECKS.items()]


def _checked(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except DatabaseError as error:
        return Check(name, False, f"The database does not answer: {error}.")


def _check_sqlite() -> Check:
    version = ".".join(str(part) for part in sqlite.version())
    if sqlite.is_safe():
        return Check("sqlite", True, f"SQLite is {version}.")
    oldest = ".".join(str(part) for part in sqlite.OLDEST_SAFE_VERSION)
    return Check("sqlite", False, f"SQLite {version} can lose committed writes; {oldest} or later is needed.")


def _check_write_lock() -> Check:
    # The connection's transactions are IMMEDIATE, so that this asks for the lock and changes nothing.
    try:
        with transaction.atomic():
            transaction.set_rollback(True)
    except DatabaseError as error:
        return Check("write lock", False, f"The database cannot be written now: {error}.")
    return Check("write lock", True, "The database can be written.")


def _check_migrations() -> Check:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return Check("migrations", True, "All migrations are applied.")
    names = ", ".join(f"{migration.app_label} {migration.name}" for migration, _ in waiting)
    return Check("migrations", False, f"Migrations wait to be applied: {names}.")


_CHECKS: dict[str, Callable[[], Check]] = {
    "sqlite": _check_sqlite,
    "write lock": _check_write_lock,
    "migrations": _check_migrations,
}

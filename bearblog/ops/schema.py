"""The schema of the database beside what this release knows, and a rehearsal of the way between the two."""

import time
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from bearblog.engines.snapshots.database import copy_database, examine
from bearblog.engines.snapshots.errors import SnapshotError


class SchemaError(Exception):
    """Carries a sentence for the operator."""


@dataclass(frozen=True)
class Rehearsal:
    """What the migrations did to a copy of the database: their names, seconds in all, rows afterwards."""

    applied: list[str]
    seconds: float
    rows: int


def refuse_newer() -> None:
    """Raises SchemaError where a newer release has written the database: this one would not understand it."""
    unknown = unknown_migrations()
    if unknown:
        raise SchemaError(
            "The database was written by a newer release than this one, "
            f"which does not know {', '.join(unknown)}. Take that release, or a later one: "
            "-e release_version=VERSION (the bucket keeps them under releases/)."
        )


def unknown_migrations() -> list[str]:
    """The migrations that were applied to the database and that this release does not have, by name."""
    loader = MigrationExecutor(connection).loader
    # An app that left the release altogether is no newer schema.
    own = {app for app, _ in loader.disk_migrations}
    replaced = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    known = {*loader.disk_migrations, *replaced}
    applied = loader.applied_migrations
    return sorted(f"{app}.{name}" for app, name in applied if app in own and (app, name) not in known)


def rehearse(folder: Path) -> Rehearsal:
    """Migrates a copy of the database in that folder, and reads it whole afterwards.

    Raises SchemaError where the database is newer than this release, or a migration leaves it damaged.
    """
    refuse_newer()
    copy = folder / "bearblog.sqlite3"
    default = connections["default"]
    try:
        copy_database(Path(str(default.settings_dict["NAME"])), copy)
        default.close()
        default.settings_dict["NAME"] = copy
        return _migrate(copy)
    except SnapshotError as error:
        raise SchemaError(f"The rehearsal of the migrations failed: {error}") from error


def _migrate(copy: Path) -> Rehearsal:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    began = time.monotonic()
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
    seconds = time.monotonic() - began
    connection.close()
    found = examine(copy)
    names = [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
    return Rehearsal(names, round(seconds, 2), sum(found.rows.values()))

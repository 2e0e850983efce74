"""What a database of another moment or release must have to be read, and whether a newer release made it."""

import sqlite3
from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from bearblog.domain.transfer.errors import TransferError

Columns = Mapping[str, set[str]]

# All of it stood in the first release.
_NEEDED = {
    "accounts_user": {"id", "email"},
    "blogs_blog": {"id", "subdomain", "title", "owner_id", "created_at"},
    "posts_post": {"id", "blog_id", "creation_key", "title", "slug", "text", "status", "updated_at"},
}
_COLUMNS = """
    SELECT sqlite_schema.name, held.name FROM sqlite_schema, pragma_table_info(sqlite_schema.name) AS held
    WHERE sqlite_schema.type = 'table' AND sql LIKE 'CREATE TABLE%'
"""


def columns_of(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The names of each table's columns."""
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(_COLUMNS):
        found.setdefault(table, set()).add(column)
    return found


def refuse_unreadable(columns: Columns, name: str, advice: str) -> None:
    """Raises TransferError, with the advice, where a table or column is missing that is needed."""
    for table, needed in _NEEDED.items():
        if table not in columns:
            raise TransferError(f"{name} has no table {table!r}, so there are no blogs to read in it.")
        if missing := sorted(needed - columns[table]):
            raise TransferError(
                f"{name} is of a release that cannot be read here: {table} has no {', '.join(missing)}. "
                f"{advice}".rstrip()
            )


def newer_migrations(made: Iterable[tuple[str, str]]) -> list[str]:
    """Those of the migrations, by app and name, that belong to this application and are not known to it."""
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("bearblog.")}
    ours = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    known = {*ours, *(old for migration in ours.values() for old in migration.replaces)}
    return [f"{app} {name}" for app, name in made if app in own and (app, name) not in known]

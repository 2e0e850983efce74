"""A database of this or another release, read with plain SQL, so that its tables need not be today's."""

from bearblog.lib import sqlite

# isort: split
# Only below this line: the import above puts the safe SQLite in its place.
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.addresses import subject_of_key
from bearblog.domain.transfer import other_rows
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.records import MediaRecord, PostRecord, RevisionRecord

_NEEDED = {
    "blogs_blog": {"id", "subdomain"},
    "posts_post": {"id", "blog_id", "title", "slug", "text", "creation_key", "updated_at"},
}
_PATIENCE = 10.0


@contextmanager
def opened(file: Path, name: str, *, is_alone: bool = False) -> Iterator["OtherDatabase"]:
    """The database, read only; sentences call it by the name. One that is alone gets no files beside it.

    Raises TransferError for what is no database, lacks a table, or was written by a newer release.
    """
    if not sqlite.is_safe():
        raise TransferError("This SQLite can lose committed writes; install pysqlite3.")
    address = f"{file.absolute().as_uri()}?mode=ro{'&immutable=1' if is_alone else ''}"
    try:
        with closing(
            sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
        ) as connection:
            connection.row_factory = sqlite3.Row
            found = OtherDatabase(connection, name)
            found.check()
            yield found
    except sqlite3.Error as error:
        raise TransferError(f"{name} cannot be read as a database ({error}).") from error


class OtherDatabase:
    """An open database; what a release before ours had no table for counts as empty."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        self._tables = {str(row["name"]) for row in rows}

    def check(self) -> None:
        """Raises TransferError where a table that is needed is missing, or was made by a newer release."""
        for table, columns in _NEEDED.items():
            if table not in self._tables:
                raise TransferError(
                    f"{self._name} has no table {table!r}, so there are no blogs to read in it."
                )
            held = {str(row["name"]) for row in self._connection.execute(f"PRAGMA table_info({table})")}
            if missing := sorted(columns - held):
                raise TransferError(f"Table {table!r} of {self._name} lacks {', '.join(missing)}.")
        if newer := self._newer_migrations():
            raise TransferError(
                f"{self._name} was written by a newer release than this one ({', '.join(newer[:3])}). "
                "Deploy that release, then read it."
            )

    def blogs(self) -> list[Blog]:
        """All blogs, by name; none of them is stored here."""
        return [other_rows.blog_from(row) for row in self._rows("blogs_blog", "1 ORDER BY subdomain")]

    def find_blog(self, subdomain: str) -> Blog | None:
        """The blog that has this name, or had it."""
        rows = self._rows("blogs_blog", "subdomain = ?", subdomain)
        if not rows and "blogs_formername" in self._tables:
            had = "id IN (SELECT blog_id FROM blogs_formername WHERE subdomain = ?)"
            rows = self._rows("blogs_blog", had, subdomain)
        return other_rows.blog_from(rows[0]) if rows else None

    def former_names(self, blog: Blog) -> list[str]:
        """The names that the blog had before."""
        return [str(row["subdomain"]) for row in self._rows("blogs_formername", "blog_id = ?", blog.pk)]

    def posts(self, blog: Blog) -> Iterator[PostRecord]:
        """The blog's posts and pages, oldest first."""
        for (pk,) in self._rows("posts_post", "blog_id = ? ORDER BY id", blog.pk, columns="id"):
            yield from self._posts("id = ?", pk)

    def find_post(self, blog: Blog, key: uuid.UUID) -> PostRecord | None:
        """The blog's post that was made under this key."""
        return next(self._posts("blog_id = ? AND creation_key = ?", blog.pk, key.hex), None)

    def newest_revision(self, blog: Blog, subject: str) -> RevisionRecord | None:
        """What was saved last under the subject."""
        newest = "blog_id = ? AND subject = ? ORDER BY saved_at DESC, id DESC LIMIT 1"
        rows = self._rows("blogs_revision", newest, blog.pk, subject)
        return other_rows.revision_from(rows[0]) if rows else None

    def keeps(self, blog: Blog, subject: str, header: str | None, text: str) -> bool:
        """Whether this was saved under the subject at any time; a header of None may be any."""
        same = "blog_id = ? AND subject = ? AND text = ? AND (header = ? OR ? IS NULL) LIMIT 1"
        return bool(self._rows("blogs_revision", same, blog.pk, subject, text, header, header, columns="id"))

    def had_post(self, blog: Blog, key: uuid.UUID) -> bool:
        """Whether something of a post with this key is kept still."""
        kept = "blog_id = ? AND subject = ? LIMIT 1"
        return bool(self._rows("blogs_revision", kept, blog.pk, subject_of_key(key), columns="id"))

    def media(self, blog: Blog) -> Iterator[MediaRecord]:
        """The blog's files, oldest first."""
        for row in self._rows("media_mediafile", "blog_id = ? ORDER BY uploaded_at, id", blog.pk):
            variants = self._rows("media_variant", "media_file_id = ? ORDER BY width", row["id"])
            yield other_rows.media_from(row, variants)

    def media_hashes(self, blog: Blog) -> set[str]:
        """The SHA-256 of each of the blog's files."""
        rows = self._rows("media_mediafile", "blog_id = ?", blog.pk, columns="sha256")
        return {str(row["sha256"]) for row in rows}

    def _posts(self, condition: str, *values: object) -> Iterator[PostRecord]:
        for row in self._rows("posts_post", condition, *values):
            tags = self._rows("posts_tag", "post_id = ? ORDER BY position", row["id"], columns="name")
            aliases = self._rows("posts_alias", "post_id = ? ORDER BY slug", row["id"])
            others = [(str(alias["slug"]), bool(alias["is_typed"])) for alias in aliases]
            yield other_rows.post_from(row, [str(tag["name"]) for tag in tags], others)

    def _rows(self, table: str, condition: str, *values: object, columns: str = "*") -> list[sqlite3.Row]:
        if table not in self._tables:
            return []
        # The words of the query are this file's own; what comes from elsewhere is in the values.
        query = f"SELECT {columns} FROM {table} WHERE {condition}"  # noqa: S608
        return self._connection.execute(query, values).fetchall()

    def _newer_migrations(self) -> list[str]:
        own = {config.label for config in apps.get_app_configs() if config.name.startswith("bearblog.")}
        ours = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
        known = {*ours, *(old for migration in ours.values() for old in migration.replaces)}
        made = self._rows("django_migrations", "1 ORDER BY id")
        names = [(str(row["app"]), str(row["name"])) for row in made]
        return [f"{app} {name}" for app, name in names if app in own and (app, name) not in known]

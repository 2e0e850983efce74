"""A database of another moment or release, read with plain SQL, so that its tables need not be today's."""

from bearblog.lib import sqlite

# isort: split
# Only below this line: the import above puts the safe SQLite in its place.
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from bearblog.domain.posts.addresses import subject_of_key
from bearblog.domain.transfer import other_rows, other_schema
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.records import (
    BlogRecord,
    MediaRecord,
    PostRecord,
    RevisionRecord,
    SubscriberLine,
)

_PATIENCE = 10.0
_EMAIL = "*, (SELECT email FROM accounts_user WHERE accounts_user.id = {0}_id) AS {0}_email"


@contextmanager
def opened(file: Path, name: str, *, is_alone: bool = False, advice: str = "") -> Iterator["OtherDatabase"]:
    """The database, read only; sentences call it by the name. One that is alone gets no files beside it.

    Raises TransferError for what is no database, or lacks what is needed; then with the advice.
    """
    if not sqlite.is_safe():
        raise TransferError("This SQLite can lose committed writes; install pysqlite3.")
    address = f"{file.absolute().as_uri()}?mode=ro{'&immutable=1' if is_alone else ''}"
    try:
        with closing(
            sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
        ) as connection:
            connection.row_factory = sqlite3.Row
            columns = other_schema.columns_of(connection)
            other_schema.refuse_unreadable(columns, name, advice)
            yield OtherDatabase(connection, columns, name)
    except sqlite3.Error as error:
        raise TransferError(f"{name} cannot be read as a database ({error}).") from error


class OtherDatabase:
    """An open database; what a release before ours had no table for counts as empty."""

    def __init__(self, connection: sqlite3.Connection, columns: other_schema.Columns, name: str) -> None:
        self._connection = connection
        self._columns = columns
        self._name = name

    def refuse_if_newer(self) -> None:
        """Raises TransferError where a newer release wrote it: it may hold what this one does not know of."""
        made = self._rows("django_migrations", "1 ORDER BY id", columns="app, name")
        if newer := other_schema.newer_migrations((row["app"], row["name"]) for row in made):
            raise TransferError(
                f"{self._name} was written by a newer release than this one ({', '.join(newer[:3])}). "
                "Deploy that release, then read it."
            )

    def unknown(self) -> tuple[str, ...]:
        """What it does not know yet of a post, by name."""
        return tuple(name for name in other_rows.POST_VALUES if name not in self._columns["posts_post"])

    def names(self) -> list[str]:
        """The names of all blogs."""
        return [row["subdomain"] for row in self._rows("blogs_blog", "1 ORDER BY 1", columns="subdomain")]

    def blogs(self) -> Iterator[BlogRecord]:
        """All blogs, by name."""
        return self._blogs("1 ORDER BY subdomain")

    def find_blog(self, subdomain: str) -> BlogRecord | None:
        """The blog that has this name, or had it."""
        found = next(self._blogs("subdomain = ?", subdomain), None)
        if found or not self._columns.get("blogs_formername"):
            return found
        had = "id IN (SELECT blog_id FROM blogs_formername WHERE subdomain = ?)"
        return next(self._blogs(had, subdomain), None)

    def find_blog_made_at(self, moment: datetime) -> BlogRecord | None:
        """The blog that was made at this moment, to the microsecond."""
        made = self._rows("blogs_blog", "1", columns="id, created_at")
        pk = next((row["id"] for row in made if other_rows.moment_of(row["created_at"]) == moment), None)
        return next(self._blogs("id = ?", pk), None)

    def former_names(self, blog: BlogRecord) -> list[str]:
        """The names that the blog had before."""
        return [row["subdomain"] for row in self._rows("blogs_formername", "blog_id = ?", blog.pk)]

    def count_members(self, blog: BlogRecord) -> int:
        """How many others have a place on the blog."""
        return sum(1 for _ in self._rows("blogs_membership", "blog_id = ?", blog.pk, columns="id"))

    def posts(self, blog: BlogRecord) -> Iterator[PostRecord]:
        """The blog's posts and pages, in the order in which they were made."""
        return self._posts("blog_id = ? ORDER BY id", blog.pk)

    def find_post(self, blog: BlogRecord, key: uuid.UUID) -> PostRecord | None:
        """The blog's post that was made under this key."""
        return next(self._posts("blog_id = ? AND creation_key = ?", blog.pk, key.hex), None)

    def revisions(self, blog: BlogRecord, keys: set[uuid.UUID] | None = None) -> Iterator[RevisionRecord]:
        """What was saved of these posts, or (None) of all that the blog has, oldest first."""
        wanted = None if keys is None else {subject_of_key(key) for key in keys}
        for row in self._rows("blogs_revision", "blog_id = ? ORDER BY id", blog.pk):
            if wanted is None or row["subject"] in wanted:
                yield other_rows.revision_from(row)

    def newest_revision(self, blog: BlogRecord, subject: str) -> RevisionRecord | None:
        """What was saved last under the subject."""
        newest = "blog_id = ? AND subject = ? ORDER BY saved_at DESC, id DESC LIMIT 1"
        found = self._rows("blogs_revision", newest, blog.pk, subject)
        return next(map(other_rows.revision_from, found), None)

    def keeps(self, blog: BlogRecord, subject: str, header: str | None, text: str) -> bool:
        """Whether this was saved under the subject at any time; a header of None may be any."""
        same = "blog_id = ? AND subject = ? AND text = ? AND (header = ? OR ? IS NULL)"
        return self._has("blogs_revision", same, blog.pk, subject, text, header, header)

    def had_post(self, blog: BlogRecord, key: uuid.UUID) -> bool:
        """Whether something of a post with this key is kept still."""
        return self._has("blogs_revision", "blog_id = ? AND subject = ?", blog.pk, subject_of_key(key))

    def media(self, blog: BlogRecord) -> list[MediaRecord]:
        """The blog's files, oldest first."""
        files = self._rows("media_mediafile", "blog_id = ? ORDER BY uploaded_at, id", blog.pk)
        smaller = "media_file_id = ? ORDER BY width"
        return [other_rows.media_from(row, self._rows("media_variant", smaller, row["id"])) for row in files]

    def media_hashes(self, blog: BlogRecord) -> set[str]:
        """The SHA-256 of each of the blog's files."""
        rows = self._rows("media_mediafile", "blog_id = ?", blog.pk, columns="sha256")
        return {row["sha256"] for row in rows}

    def subscribers(self, blog: BlogRecord) -> list[SubscriberLine]:
        """Who asked for the blog's letters."""
        rows = self._rows("newsletter_subscriber", "blog_id = ?", blog.pk)
        return [other_rows.subscriber_from(row) for row in rows]

    def _blogs(self, condition: str, *values: object) -> Iterator[BlogRecord]:
        found = self._rows("blogs_blog", condition, *values, columns=_EMAIL.format("owner"))
        return map(other_rows.blog_from, found)

    def _posts(self, condition: str, *values: object) -> Iterator[PostRecord]:
        columns = _EMAIL.format("author") if "author_id" in self._columns["posts_post"] else "*"
        for row in self._rows("posts_post", condition, *values, columns=columns):
            tags = self._rows("posts_tag", "post_id = ? ORDER BY position", row["id"])
            aliases = self._rows("posts_alias", "post_id = ? ORDER BY slug", row["id"])
            others = [(str(alias["slug"]), bool(alias["is_typed"])) for alias in aliases]
            yield other_rows.post_from(row, (tag["name"] for tag in tags), others)

    def _has(self, table: str, condition: str, *values: object) -> bool:
        return any(True for _ in self._rows(table, f"{condition} LIMIT 1", *values, columns="id"))

    def _rows(self, table: str, condition: str, *values: object, columns: str = "*") -> Iterator[sqlite3.Row]:
        if table not in self._columns:
            return iter(())
        # The words of the query are this file's own; what comes from elsewhere is in the values.
        query = f"SELECT {columns} FROM {table} WHERE {condition}"  # noqa: S608
        return iter(self._connection.execute(query, values))

"""The database as it was at a moment, read from a file beside the living one, by plain SQL.

The file may be of an older schema: what it does not know of a post stays unsaid.
"""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from bearblog.domain.posts.addresses import SUBJECT_PREFIX
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.past_columns import (
    BLOG_VALUES,
    NEEDED,
    POST_VALUES,
    known_columns,
    moment_of,
    value_of,
)
from bearblog.domain.transfer.records import (
    MediaRecord,
    PastBlog,
    PastPost,
    PostRecord,
    RevisionRecord,
    StoredRecord,
    SubscriberLine,
)

_SHOWN_NAMES = 20


class PastDatabase:
    """The opened file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._columns = {table: known_columns(connection, table) for table in NEEDED}
        for table, needed in NEEDED.items():
            missing = [name for name in needed if name not in self._columns[table]]
            if missing:
                raise TransferError(
                    f"The database of that moment is of a version that cannot be read here: {table} has no "
                    f"{', '.join(missing)}. Choose a later moment."
                )

    def unknown(self) -> list[str]:
        """What the database of then does not know yet of a post, by name."""
        return [name for name in POST_VALUES if name not in self._columns["posts_post"]]

    def names(self) -> list[str]:
        """The names of all blogs of then."""
        return [str(row["subdomain"]) for row in self._rows("SELECT subdomain FROM blogs_blog ORDER BY 1")]

    def blog(self, name: str) -> PastBlog:
        """The blog that had the name then. Raises TransferError."""
        query = "SELECT b.*, u.email FROM blogs_blog b JOIN accounts_user u ON u.id = b.owner_id"
        row = next(self._rows(f"{query} WHERE b.subdomain = ?", name), None)
        if row is None:
            raise TransferError(f"At that moment there was no blog “{name}”. {self._which_there_were()}")
        found = {key: value_of(key, row[key]) for key in BLOG_VALUES if key in self._columns["blogs_blog"]}
        decisions = {key: found.pop(key) for key in list(found) if key.startswith("is_")}
        return PastBlog(
            pk=row["id"],
            subdomain=row["subdomain"],
            title=row["title"],
            owner_email=row["email"],
            created_at=moment_of(row["created_at"]),
            custom_domain=row["custom_domain"] or "" if "custom_domain" in row.keys() else "",  # noqa: SIM118
            values=found,
            decisions=decisions,
        )

    def name_of(self, created_at: datetime) -> str | None:
        """The name that the blog which was made at this moment had then, or None."""
        rows = self._rows("SELECT subdomain, created_at FROM blogs_blog")
        return next((row["subdomain"] for row in rows if moment_of(row["created_at"]) == created_at), None)

    def posts(self, blog: PastBlog) -> Iterator[PastPost]:
        """Each post and page of the blog, in the order in which they were made."""
        tags = self._tags(blog)
        typed = self._aliases(blog, is_typed=True)
        former = self._aliases(blog, is_typed=False)
        emails = {row["id"]: row["email"] for row in self._rows("SELECT id, email FROM accounts_user")}
        for row in self._rows("SELECT * FROM posts_post WHERE blog_id = ? ORDER BY id", blog.pk):
            known = {
                key: value_of(key, row[key]) for key in POST_VALUES if key in self._columns["posts_post"]
            }
            pk, key = row["id"], uuid.UUID(row["creation_key"])
            record = PostRecord(
                key=key,
                source=f"/{row['slug']}/",
                title=row["title"],
                slug=row["slug"],
                text=row["text"],
                is_published=row["status"] == "published",
                tags=tuple(tags.get(pk, ())),
                alias=next(iter(typed.get(pk, ())), ""),
                former_slugs=tuple(former.get(pk, ())),
                **known,  # type: ignore[arg-type]
            )
            is_hidden = bool(row["is_hidden"]) if "is_hidden" in self._columns["posts_post"] else False
            yield PastPost(record, emails.get(row["author_id"], ""), is_hidden)

    def revisions(self, blog: PastBlog, keys: set[uuid.UUID] | None = None) -> Iterator[RevisionRecord]:
        """What was saved of these posts, or (None) of all that the blog has, oldest first."""
        wanted = None if keys is None else {f"{SUBJECT_PREFIX}{key}" for key in keys}
        query = "SELECT subject, header, text, saved_at FROM blogs_revision WHERE blog_id = ? ORDER BY id"
        for row in self._rows(query, blog.pk) if self._has("blogs_revision") else ():
            if wanted is None or row["subject"] in wanted:
                yield RevisionRecord(row["subject"], row["header"], row["text"], moment_of(row["saved_at"]))

    def media(self, blog: PastBlog) -> list[MediaRecord]:
        """The files that the blog had."""
        if not self._has("media_mediafile"):
            return []
        variants: dict[int, list[StoredRecord]] = {}
        query = """
            SELECT media_variant.* FROM media_variant JOIN media_mediafile f ON f.id = media_file_id
            WHERE blog_id = ? ORDER BY media_variant.width
        """
        for row in self._rows(query, blog.pk):
            variants.setdefault(row["media_file_id"], []).append(_stored(row))
        files = self._rows("SELECT * FROM media_mediafile WHERE blog_id = ? ORDER BY id", blog.pk)
        return [
            MediaRecord(
                stored=_stored(row),
                name=row["name"],
                alternative_text=row["alternative_text"],
                uploaded_at=moment_of(row["uploaded_at"]),
                variants=tuple(variants.get(row["id"], ())),
            )
            for row in files
        ]

    def subscribers(self, blog: PastBlog) -> list[SubscriberLine]:
        """Who asked for the blog's letters."""
        if not self._has("newsletter_subscriber"):
            return []
        query = "SELECT email, subscribed_at, confirmed_at FROM newsletter_subscriber WHERE blog_id = ?"
        return [
            (row["email"], moment_of(row["subscribed_at"]), _moment_or_none(row["confirmed_at"]))
            for row in self._rows(query, blog.pk)
        ]

    def count_members(self, blog: PastBlog) -> int:
        """How many others had a place on the blog."""
        if not self._has("blogs_membership"):
            return 0
        rows = self._rows("SELECT count(*) FROM blogs_membership WHERE blog_id = ?", blog.pk)
        return int(next(rows)[0])

    def _which_there_were(self) -> str:
        names = self.names()
        shown = ", ".join(names[:_SHOWN_NAMES]) or "none"
        more = f" and {len(names) - _SHOWN_NAMES:,} more" if len(names) > _SHOWN_NAMES else ""
        return f"There were: {shown}{more}."

    def _tags(self, blog: PastBlog) -> dict[int, list[str]]:
        if not self._has("posts_tag"):
            return {}
        query = """
            SELECT post_id, name FROM posts_tag JOIN posts_post ON posts_post.id = post_id
            WHERE blog_id = ? ORDER BY position
        """
        return self._grouped(query, "name", blog.pk)

    def _aliases(self, blog: PastBlog, *, is_typed: bool) -> dict[int, list[str]]:
        if not self._has("posts_alias"):
            return {}
        query = "SELECT post_id, slug FROM posts_alias WHERE blog_id = ? AND is_typed = ? ORDER BY id"
        return self._grouped(query, "slug", blog.pk, is_typed)

    def _grouped(self, query: str, name: str, *values: object) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for row in self._rows(query, *values):
            found.setdefault(row["post_id"], []).append(row[name])
        return found

    def _has(self, table: str) -> bool:
        return bool(known_columns(self._connection, table))

    def _rows(self, query: str, *values: object) -> Iterator[sqlite3.Row]:
        return iter(self._connection.execute(query, values))


@contextmanager
def opened_past(file: Path) -> Iterator[PastDatabase]:
    """The database in the file, which is only read. Raises TransferError."""
    # Immutable: a look at the file must leave no sidecars beside it.
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            yield PastDatabase(connection)
    except sqlite3.Error as error:
        raise TransferError(f"The database of that moment cannot be read ({error}).") from error


def _stored(row: sqlite3.Row) -> StoredRecord:
    return StoredRecord(row["sha256"], row["extension"], row["width"] or 0, row["height"] or 0)


def _moment_or_none(text: str | None) -> datetime | None:
    return moment_of(text) if text else None

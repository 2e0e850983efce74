"""Which columns a database of another time must have to be read, which it may have, and what is in them."""

import sqlite3
from datetime import UTC, datetime

from bearblog.domain.transfer import blog_fields

NEEDED = {
    "accounts_user": ("id", "email"),
    "blogs_blog": ("id", "subdomain", "title", "owner_id", "created_at"),
    "posts_post": ("id", "blog_id", "author_id", "creation_key", "title", "slug", "text", "status"),
}
_MOMENTS = ("published_at", "first_published_at", "created_at", "updated_at", "home_updated_at")
POST_VALUES = (
    "is_page",
    "published_at",
    "first_published_at",
    "created_at",
    "updated_at",
    "canonical_url",
    "meta_description",
    "meta_image",
    "language",
    "class_name",
    "is_discoverable",
)
# What staff decided comes back with a blog that is gone: a blocked blog must not return unblocked.
DECISIONS = ("is_reviewed", "is_hidden", "is_blocked", "is_flagged", "is_trusted")
BLOG_VALUES = (*blog_fields.TEXTS.values(), *blog_fields.SETTINGS, "home_updated_at", *DECISIONS)
_TRUTHS = (*blog_fields.TRUTHS, *DECISIONS, "is_page", "is_discoverable")


def known_columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The names of the table's columns; none where there is no such table."""
    return {str(row[0]) for row in connection.execute("SELECT name FROM pragma_table_info(?)", [table])}


def value_of(name: str, stored: object) -> object:
    """The value of a column as the application knows it."""
    if name in _TRUTHS:
        return bool(stored)
    if name in _MOMENTS:
        return moment_of(str(stored)) if stored is not None else None
    return stored


def moment_of(text: str) -> datetime:
    """The moment that Django wrote down so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

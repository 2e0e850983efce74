"""Rows as another release may have stored them, as plain values: what it does not know stays unsaid."""

import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime

from django.db.models import Model

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.transfer import blog_fields
from bearblog.domain.transfer.records import (
    BlogRecord,
    MediaRecord,
    PostRecord,
    RevisionRecord,
    StoredRecord,
    SubscriberLine,
)

_STORED = {field.attname for field in Post._meta.concrete_fields}
POST_VALUES = tuple(one.name for one in fields(PostRecord) if one.name in _STORED)
# What staff decided comes back with a blog that is gone: a blocked blog must not return unblocked.
_DECISIONS = ("is_reviewed", "is_hidden", "is_blocked", "is_flagged", "is_trusted")


def blog_from(row: sqlite3.Row) -> BlogRecord:
    """The blog of the row, which says its owner's address, too."""
    return BlogRecord(
        pk=row["id"],
        subdomain=row["subdomain"],
        title=row["title"],
        owner_email=row["owner_email"],
        created_at=moment_of(row["created_at"]),
        custom_domain=_text(row, "custom_domain"),
        values=_values(row, Blog, blog_fields.VALUES),
        decisions=_values(row, Blog, _DECISIONS),
    )


def post_from(row: sqlite3.Row, tags: Iterable[str], aliases: Sequence[tuple[str, bool]]) -> PostRecord:
    """The post of the row; its other addresses come with whether the author typed them."""
    return PostRecord(
        key=uuid.UUID(row["creation_key"]),
        source=f"/{row['slug']}/",
        is_published=row["status"] == Post.Status.PUBLISHED,
        tags=tuple(tags),
        alias=next((slug for slug, is_typed in aliases if is_typed), ""),
        former_slugs=tuple(slug for slug, is_typed in aliases if not is_typed),
        author_email=_text(row, "author_email"),
        **_values(row, Post, POST_VALUES),  # type: ignore[arg-type]
    )


def revision_from(row: sqlite3.Row) -> RevisionRecord:
    """The revision of the row."""
    return RevisionRecord(row["subject"], row["header"], row["text"], moment_of(row["saved_at"]))


def media_from(row: sqlite3.Row, variants: Iterable[sqlite3.Row]) -> MediaRecord:
    """The file of the row, with its smaller widths."""
    return MediaRecord(
        stored=_stored(row),
        name=row["name"],
        alternative_text=row["alternative_text"],
        uploaded_at=moment_of(row["uploaded_at"]),
        variants=tuple(_stored(variant) for variant in variants),
    )


def subscriber_from(row: sqlite3.Row) -> SubscriberLine:
    """The subscriber of the row."""
    confirmed_at = row["confirmed_at"]
    return row["email"], moment_of(row["subscribed_at"]), moment_of(confirmed_at) if confirmed_at else None


def moment_of(text: str) -> datetime:
    """The moment that Django wrote down so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _values(row: sqlite3.Row, model: type[Model], names: Iterable[str]) -> dict[str, object]:
    held = set(row.keys())
    return {name: _value(model, name, row[name]) for name in names if name in held}


def _value(model: type[Model], name: str, stored: object) -> object:
    kind = model._meta.get_field(name).get_internal_type()
    if kind == "BooleanField":
        return bool(stored)
    return moment_of(str(stored)) if kind == "DateTimeField" and stored is not None else stored


def _text(row: sqlite3.Row, name: str) -> str:
    return (row[name] or "") if name in set(row.keys()) else ""


def _stored(row: sqlite3.Row) -> StoredRecord:
    return StoredRecord(row["sha256"], row["extension"], row["width"] or 0, row["height"] or 0)

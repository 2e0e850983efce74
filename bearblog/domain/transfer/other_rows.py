"""Rows as another release may have stored them, as plain values: a column that it lacks has its default."""

import sqlite3
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.transfer.records import MediaRecord, PostRecord, RevisionRecord, StoredRecord


def blog_from(row: sqlite3.Row) -> Blog:
    """A blog that is not stored here, with what the row says of it but who owns it."""
    names = set(row.keys())
    blog = Blog()
    for field in Blog._meta.concrete_fields:
        if field.is_relation or field.column not in names:
            continue
        kind, value = field.get_internal_type(), row[field.column]
        if kind == "DateTimeField":
            value = moment(value)
        elif kind == "BooleanField":
            value = bool(value)
        setattr(blog, field.attname, value)
    return blog


def post_from(row: sqlite3.Row, tags: Sequence[str], aliases: Sequence[tuple[str, bool]]) -> PostRecord:
    """The post of the row; its other addresses come with whether the author typed them."""
    values = {"is_page": 0, "is_discoverable": 1, **dict(zip(row.keys(), row, strict=True))}
    return PostRecord(
        key=uuid.UUID(str(values["creation_key"])),
        source="",
        title=str(values["title"]),
        slug=str(values["slug"]),
        text=str(values["text"]),
        is_page=bool(values["is_page"]),
        is_published=values.get("status") == Post.Status.PUBLISHED,
        published_at=moment(values.get("published_at")),
        first_published_at=moment(values.get("first_published_at")),
        created_at=moment(values.get("created_at")),
        updated_at=moment(values["updated_at"]),
        tags=tuple(tags),
        alias=next((slug for slug, is_typed in aliases if is_typed), ""),
        former_slugs=tuple(slug for slug, is_typed in aliases if not is_typed),
        canonical_url=str(values.get("canonical_url", "")),
        meta_description=str(values.get("meta_description", "")),
        meta_image=str(values.get("meta_image", "")),
        language=str(values.get("language", "")),
        class_name=str(values.get("class_name", "")),
        is_discoverable=bool(values["is_discoverable"]),
    )


def revision_from(row: sqlite3.Row) -> RevisionRecord:
    """The revision of the row."""
    return RevisionRecord(row["subject"], row["header"], row["text"], _known(row["saved_at"]))


def media_from(row: sqlite3.Row, variants: Sequence[sqlite3.Row]) -> MediaRecord:
    """The file of the row, with its smaller widths."""
    return MediaRecord(
        stored=_stored(row),
        name=row["name"],
        alternative_text=row["alternative_text"],
        uploaded_at=_known(row["uploaded_at"]),
        variants=tuple(_stored(variant) for variant in variants),
    )


def moment(value: object) -> datetime | None:
    """What Django stored as a moment."""
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC) if value else None


def _known(value: object) -> datetime:
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)


def _stored(row: sqlite3.Row) -> StoredRecord:
    return StoredRecord(row["sha256"], row["extension"], row["width"] or 0, row["height"] or 0)

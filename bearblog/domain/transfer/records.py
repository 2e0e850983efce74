"""What an archive, or another database, says of a blog, piece by piece, in plain values."""

import uuid
from dataclasses import dataclass
from datetime import datetime

# Keys of other systems become keys of ours always in the same way, so that a second import knows them again.
_OTHERS = uuid.UUID("6b0e6ad2-6a55-4d0c-9a0c-6f1f2f7b1c55")

SubscriberLine = tuple[str, datetime, datetime | None]


@dataclass(frozen=True)
class PostRecord:
    """A post or page, as a file says it; the problems are what could not be read, in words."""

    key: uuid.UUID
    source: str
    title: str
    slug: str
    text: str
    is_page: bool = False
    is_published: bool = False
    published_at: datetime | None = None
    first_published_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    tags: tuple[str, ...] = ()
    alias: str = ""
    former_slugs: tuple[str, ...] = ()
    canonical_url: str = ""
    meta_description: str = ""
    meta_image: str = ""
    language: str = ""
    class_name: str = ""
    is_discoverable: bool = True
    problems: tuple[str, ...] = ()
    # What only a database knows: who wrote it, and whether staff hid it from the main site.
    author_email: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class BlogRecord:
    """A blog as another database has it; the values are those that it knows."""

    pk: int
    subdomain: str
    title: str
    owner_email: str
    created_at: datetime
    custom_domain: str
    values: dict[str, object]
    decisions: dict[str, object]


@dataclass(frozen=True)
class RevisionRecord:
    """A text as it was saved once."""

    subject: str
    header: str
    text: str
    saved_at: datetime


@dataclass(frozen=True)
class StoredRecord:
    """One file of bytes in the archive."""

    sha256: str
    extension: str
    width: int
    height: int


@dataclass(frozen=True)
class MediaRecord:
    """A file of the author's, with its smaller widths."""

    stored: StoredRecord
    name: str
    alternative_text: str
    uploaded_at: datetime
    variants: tuple[StoredRecord, ...]


def key_of(identifier: str) -> uuid.UUID:
    """The key itself where the text is one of ours, else the one that stands for another system's."""
    try:
        return uuid.UUID(identifier)
    except ValueError:
        return uuid.uuid5(_OTHERS, identifier)

"""Writes the rows of posts that come in, and of what they said before, many at once."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Revision
from bearblog.domain.posts.models import Alias, Post, Tag
from bearblog.domain.posts.scoring import score
from bearblog.domain.transfer.records import PostRecord, RevisionRecord

_AT_ONCE = 100

T = TypeVar("T")


def place(blog: Blog, by: User, records: Sequence[PostRecord]) -> list[uuid.UUID]:
    """The keys of the posts, which are on the blog now with their tags and other addresses."""
    posts = Post.objects.bulk_create(_post(blog, by, record) for record in records)
    tags, aliases = [], []
    for post, record in zip(posts, records, strict=True):
        tags += [Tag(post=post, name=name, position=at) for at, name in enumerate(record.tags)]
        aliases += [Alias(blog=blog, post=post, slug=slug) for slug in record.former_slugs]
        if record.alias:
            aliases.append(Alias(blog=blog, post=post, slug=record.alias, is_typed=True))
    Tag.objects.bulk_create(tags)
    Alias.objects.bulk_create(aliases)
    # A post of the same address as an old path of another one takes its place.
    Alias.objects.filter(blog=blog, slug__in=[post.slug for post in posts]).delete()
    return [post.creation_key for post in posts]


def add_revisions(blog: Blog, records: Iterable[RevisionRecord]) -> int:
    """How many of these the blog had not; it has them now."""
    known: set[tuple[str, datetime]] = set(blog.revisions.values_list("subject", "saved_at"))
    fresh = (one for one in records if (one.subject, one.saved_at) not in known)
    count = 0
    for batch in batches(fresh):
        Revision.objects.bulk_create(
            Revision(blog=blog, subject=one.subject, header=one.header, text=one.text, saved_at=one.saved_at)
            for one in batch
        )
        count += len(batch)
    return count


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    """The things in lists of a hundred."""
    iterator = iter(things)
    while batch := list(islice(iterator, _AT_ONCE)):
        yield batch


def _post(blog: Blog, by: User, record: PostRecord) -> Post:
    now = timezone.now()
    first = record.first_published_at or (record.published_at if record.is_published else None)
    return Post(
        blog=blog,
        author=by,
        creation_key=record.key,
        title=record.title,
        slug=record.slug,
        text=record.text,
        is_page=record.is_page,
        status=Post.Status.PUBLISHED if record.is_published else Post.Status.DRAFT,
        published_at=record.published_at,
        first_published_at=first,
        created_at=record.created_at or record.published_at or now,
        updated_at=record.updated_at or record.published_at or now,
        canonical_url=record.canonical_url,
        meta_description=record.meta_description,
        meta_image=record.meta_image,
        language=record.language,
        class_name=record.class_name,
        is_discoverable=record.is_discoverable,
        score=score(0, first),
    )

"""Brings a blog in: all of it, or nothing."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from django.db import transaction

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Revision
from bearblog.domain.blogs.services import change, touch
from bearblog.domain.media import storage
from bearblog.domain.media.adopting import Adoptable, adopt
from bearblog.domain.posts import search
from bearblog.domain.posts.addresses import revision_subject
from bearblog.domain.posts.header import write
from bearblog.domain.posts.models import Post
from bearblog.domain.transfer import blog_fields, placing, taking_media
from bearblog.domain.transfer.parcel import Parcel, opened
from bearblog.domain.transfer.planning import Report, Settler
from bearblog.domain.transfer.records import SubscriberLine

_AT_ONCE = 100

T = TypeVar("T")

TakeSubscribers = Callable[[Iterable[SubscriberLine]], int]


def import_file(
    *, blog: Blog, by: User, file: Path, with_blog: bool, take_subscribers: TakeSubscribers | None
) -> Report:
    """What was brought in. Posts that are here already stay as they are. Raises TransferError, MediaError.

    `take_subscribers` stores the subscribers and returns how many were new; without it they stay out.
    """
    with opened(file) as parcel, TemporaryDirectory(dir=storage.arriving_folder()) as folder:
        report = Report(parcel.kind)
        # Before the transaction: unpacking much takes long, and other writers would wait.
        files = taking_media.unpack(blog, parcel, Path(folder), report)
        with transaction.atomic():
            created = _bring_in(blog, by, parcel, files, report, with_blog=with_blog)
            if take_subscribers is not None:
                report.subscribers = take_subscribers(parcel.subscribers())
            touch(blog)
    # After it, for the same reason: the index can be made anew at any time.
    for keys in _batches(created):
        with transaction.atomic():
            for post in blog.posts.filter(creation_key__in=keys).prefetch_related("tags"):
                search.index(post)
    return report


def _bring_in(
    blog: Blog, by: User, parcel: Parcel, files: list[Adoptable], report: Report, *, with_blog: bool
) -> list[uuid.UUID]:
    report.media = adopt(blog=blog, uploaded_by=by, files=files)
    created = []
    for records in _batches(Settler(blog).settle(parcel, report)):
        created += placing.place(blog, by, records)
    report.revisions = _add_revisions(blog, parcel)
    if not report.revisions:
        _remember(blog, created, by)
    if with_blog:
        changes, problems = blog_fields.read(blog, parcel.blog_values())
        report.changes = blog_fields.names_of(changes)
        if changes:
            change(blog, **changes)
        for problem in problems:
            report.say(problem)
    return created


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(things)
    while batch := list(islice(iterator, _AT_ONCE)):
        yield batch


def _add_revisions(blog: Blog, parcel: Parcel) -> int:
    known: set[tuple[str, datetime]] = set(blog.revisions.values_list("subject", "saved_at"))
    fresh = (one for one in parcel.revisions() if (one.subject, one.saved_at) not in known)
    count = 0
    for batch in _batches(fresh):
        Revision.objects.bulk_create(
            Revision(blog=blog, subject=one.subject, header=one.header, text=one.text, saved_at=one.saved_at)
            for one in batch
        )
        count += len(batch)
    return count


def _remember(blog: Blog, created: list[uuid.UUID], by: User) -> None:
    # What comes without revisions has its first one now.
    for keys in _batches(created):
        posts = blog.posts.filter(creation_key__in=keys).prefetch_related("tags", "aliases")
        Revision.objects.bulk_create(_first_revision(post, by) for post in posts)


def _first_revision(post: Post, by: User) -> Revision:
    subject = revision_subject(post)
    return Revision(blog=post.blog, subject=subject, header=write(post), text=post.text, saved_by=by)

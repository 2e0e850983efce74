"""Brings a blog in, or back from the past: all of it, or nothing."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

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
from bearblog.domain.transfer.bringing_back import Bringing, Wishes, plan_bringing
from bearblog.domain.transfer.bringing_blog import bring_parts, create_again
from bearblog.domain.transfer.bringing_posts import bring_changed, place_gone
from bearblog.domain.transfer.other_database import OtherDatabase
from bearblog.domain.transfer.parcel import Parcel, opened
from bearblog.domain.transfer.past_parcel import FetchMedia
from bearblog.domain.transfer.planning import Report, Settler
from bearblog.domain.transfer.records import BlogRecord, SubscriberLine


@dataclass(frozen=True)
class Brought:
    """The blog to which something came back, and what."""

    blog: Blog
    report: Report


TakeSubscribers = Callable[[Iterable[SubscriberLine]], int]
TakeSubscribersOf = Callable[[Blog, Iterable[SubscriberLine]], int]


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
    _index(blog, created)
    return report


def bring_back(
    *,
    past: OtherDatabase,
    then: BlogRecord,
    wishes: Wishes,
    fetch: FetchMedia,
    take_subscribers: TakeSubscribersOf | None = None,
) -> Brought:
    """The blog with what was wished for, and what was done. Raises TransferError, BlogError, MediaError.

    `fetch` has media files that are no longer on this disk; what it cannot have is named in the report.
    `take_subscribers` stores those of a blog that was gone; without it they stay out.
    """
    bringing = plan_bringing(past, then, wishes, fetch)
    with TemporaryDirectory(dir=storage.arriving_folder()) as folder:
        files = taking_media.unpack(bringing.today, bringing.parcel, Path(folder), bringing.report)
        with transaction.atomic():
            blog = bringing.today or create_again(bringing)
            bringing.report.media = adopt(blog=blog, uploaded_by=blog.owner, files=files)
            bringing.report.revisions = placing.add_revisions(blog, bringing.parcel.revisions())
            bring_parts(blog, bringing)
            bring_changed(blog, bringing)
            created = place_gone(blog, bringing)
            if bringing.today is None:
                _take_subscribers(blog, bringing, take_subscribers)
            touch(blog)
    _index(blog, created)
    return Brought(blog, bringing.report)


def _take_subscribers(blog: Blog, bringing: Bringing, take: TakeSubscribersOf | None) -> None:
    lines = bringing.parcel.subscribers()
    if take is not None:
        bringing.report.subscribers = take(blog, lines)
    elif lines:
        bringing.report.say(f"Its {len(lines):,} subscribers stay out, as they were not asked for.")


def _index(blog: Blog, keys: list[uuid.UUID]) -> None:
    # After the transaction, in which other writers would wait: the index can be made anew at any time.
    for some in placing.batches(keys):
        with transaction.atomic():
            for post in blog.posts.filter(creation_key__in=some).prefetch_related("tags"):
                search.index(post)


def _bring_in(
    blog: Blog, by: User, parcel: Parcel, files: list[Adoptable], report: Report, *, with_blog: bool
) -> list[uuid.UUID]:
    report.media = adopt(blog=blog, uploaded_by=by, files=files)
    created = []
    for records in placing.batches(Settler(blog).settle(parcel, report)):
        created += placing.place(blog, by, records)
    report.revisions = placing.add_revisions(blog, parcel.revisions())
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


def _remember(blog: Blog, created: list[uuid.UUID], by: User) -> None:
    # What comes without revisions has its first one now.
    for keys in placing.batches(created):
        posts = blog.posts.filter(creation_key__in=keys).prefetch_related("tags", "aliases")
        Revision.objects.bulk_create(_first_revision(post, by) for post in posts)


def _first_revision(post: Post, by: User) -> Revision:
    subject = revision_subject(post)
    return Revision(blog=post.blog, subject=subject, header=write(post), text=post.text, saved_by=by)

"""Posts that were deleted and can still be brought back."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Revision
from bearblog.domain.blogs.writing import revisions_of
from bearblog.domain.posts.addresses import SUBJECT_PREFIX, subject_of_key
from bearblog.domain.posts.header import UNTITLED
from bearblog.lib import header_lines

KEPT_DAYS = 30


@dataclass(frozen=True)
class DeletedPost:
    """A post that is gone, as it was last: who wrote it first, and who deleted it when."""

    key: uuid.UUID
    title: str
    author: User | None
    deleted_at: datetime
    deleted_by: User | None


def deleted_posts(blog: Blog) -> list[DeletedPost]:
    """The blog's deleted posts that can be brought back, the one deleted last first."""
    keys = {subject_of_key(key): key for key in _deleted_keys(blog)}
    kept = blog.revisions.filter(subject__in=keys).defer("text").select_related("saved_by")
    newest_first: dict[str, list[Revision]] = {}
    for revision in kept:
        newest_first.setdefault(revision.subject, []).append(revision)
    return [_gone(keys[subject], revisions[0], revisions[-1]) for subject, revisions in newest_first.items()]


def revisions_of_deleted(blog: Blog, key: uuid.UUID) -> list[Revision]:
    """What the deleted post said, newest first; nothing where it was never there, or is there."""
    if blog.posts.filter(creation_key=key).exists():
        return []
    return list(revisions_of(blog, subject_of_key(key)))


@transaction.atomic
def purge_deleted(*, days: int = KEPT_DAYS) -> int:
    """How many revisions were dropped, of posts that were deleted more than so many days ago."""
    since = timezone.now() - timedelta(days=days)
    old = Revision.objects.filter(subject__startswith=SUBJECT_PREFIX, saved_at__lt=since)
    dropped = 0
    for blog in Blog.objects.filter(pk__in=old.values("blog")):
        for key in _deleted_keys(blog):
            revisions = blog.revisions.filter(subject=subject_of_key(key))
            if not revisions.filter(saved_at__gte=since).exists():
                dropped += revisions.delete()[0]
    return dropped


def _gone(key: uuid.UUID, last: Revision, first: Revision) -> DeletedPost:
    title = header_lines.split(last.header, ["title"]).value("title") or UNTITLED
    return DeletedPost(key, title, first.saved_by, last.saved_at, last.saved_by)


def _deleted_keys(blog: Blog) -> list[uuid.UUID]:
    kept = blog.revisions.filter(subject__startswith=SUBJECT_PREFIX).order_by()
    subjects = kept.values_list("subject", flat=True).distinct()
    keys = {uuid.UUID(subject.removeprefix(SUBJECT_PREFIX)) for subject in subjects}
    return list(keys - set(blog.posts.values_list("creation_key", flat=True)))

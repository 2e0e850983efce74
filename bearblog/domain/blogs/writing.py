"""What was written before and what is not saved yet: revisions and autosaves of the texts of a blog."""

import uuid
from datetime import timedelta
from itertools import accumulate

from django.db import models, transaction
from django.db.models.functions import Length
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Autosave, Blog, Revision
from bearblog.lib import plain_text

NEW_PREFIX = "new:"
AUTOSAVE_DAYS = 30
MAX_AUTOSAVED = 2_100_000
_MOST_AUTOSAVES = 200
_MOST_AUTOSAVED_TOGETHER = 20_000_000


def revisions_of(blog: Blog, subject: str) -> models.QuerySet[Revision]:
    """Everything that was saved under the subject, newest first, with who saved it."""
    return blog.revisions.filter(subject=subject).select_related("saved_by").order_by("-saved_at", "-pk")


def find_revision(blog: Blog, subject: str, pk: int) -> Revision | None:
    """This revision of the subject, or None."""
    return revisions_of(blog, subject).filter(pk=pk).first()


def newest_revision(blog: Blog, subject: str) -> Revision | None:
    """What was saved last under the subject, or None."""
    return revisions_of(blog, subject).first()


@transaction.atomic
def keep_revision(
    *, blog: Blog, subject: str, header: str = "", text: str, by: User | None, is_last: bool = False
) -> Revision | None:
    """The new revision; None where it would say the same as the newest, unless it is the last of all."""
    newest = newest_revision(blog, subject)
    if newest and not is_last and (newest.header, newest.text) == (header, text):
        return None
    return Revision.objects.create(blog=blog, subject=subject, header=header, text=text, saved_by=by)


@transaction.atomic
def autosave(*, blog: Blog, user: User, subject: str, device: uuid.UUID, header: str, text: str) -> Autosave:
    """What the person has typed on this device, in the place of what was there. Raises BlogError."""
    if len(header) + len(text) > MAX_AUTOSAVED:
        raise BlogError("This text is too long to be kept while you write; save it in parts.", "text")
    kept, _ = Autosave.objects.update_or_create(
        blog=blog,
        user=user,
        subject=subject,
        device=device,
        defaults={
            "header": plain_text.tidy(header),
            "text": plain_text.tidy(text),
            "saved_at": timezone.now(),
        },
    )
    _forget_oldest(blog, user)
    return kept


def _forget_oldest(blog: Blog, user: User) -> None:
    # One person on one blog has no use for more; without a limit a program could fill the disk.
    rows = list(Autosave.objects.filter(blog=blog, user=user).values_list("pk", Length("text")))
    together = list(accumulate(length for _, length in rows))
    room = sum(length <= _MOST_AUTOSAVED_TOGETHER for length in together[:_MOST_AUTOSAVES])
    Autosave.objects.filter(pk__in=[pk for pk, _ in rows[room:]]).delete()


def newest_autosave(blog: Blog, user: User, subject: str) -> Autosave | None:
    """The person's newest unsaved text under the subject, from any device, or None."""
    kept = Autosave.objects.filter(blog=blog, user=user, subject=subject)
    return kept.order_by("-saved_at", "-pk").first()


def unsaved_new_texts(blog: Blog, user: User) -> models.QuerySet[Autosave]:
    """The person's unsaved texts that belong to no post yet, newest first."""
    return Autosave.objects.filter(blog=blog, user=user, subject__startswith=NEW_PREFIX).order_by(
        "-saved_at", "-pk"
    )


@transaction.atomic
def move_autosaves(*, blog: Blog, user: User, subject: str, to: str) -> int:
    """How many unsaved texts of the person went to the other subject; what a device has there stays."""
    kept = Autosave.objects.filter(blog=blog, user=user, subject=subject)
    # Nearly always there are none, and to ask takes a fraction of what the moving does.
    if not kept.exists():
        return 0
    there = Autosave.objects.filter(blog=blog, user=user, subject=to)
    return kept.exclude(device__in=there.values("device")).update(subject=to)


@transaction.atomic
def discard_autosaves(*, blog: Blog, user: User, subject: str, device: uuid.UUID | None = None) -> int:
    """How many unsaved texts of the person were dropped: those of one device, or of all."""
    kept = Autosave.objects.filter(blog=blog, user=user, subject=subject)
    if device is not None:
        kept = kept.filter(device=device)
    return kept.delete()[0]


@transaction.atomic
def purge_autosaves(*, days: int = AUTOSAVE_DAYS) -> int:
    """How many unsaved texts were dropped because nobody came back for them in so many days."""
    return Autosave.objects.filter(saved_at__lt=timezone.now() - timedelta(days=days)).delete()[0]

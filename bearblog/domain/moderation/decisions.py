"""What staff decide about a blog. Each decision has its opposite, and each is written into the book."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import forget_main_pages, touch, withdraw
from bearblog.domain.moderation import audit, letters
from bearblog.domain.moderation.errors import ModerationError
from bearblog.domain.moderation.models import Report
from bearblog.domain.posts.models import Post

MAX_NOTE = 2000


class Decision(StrEnum):
    """What can be decided, in pairs."""

    APPROVE = "approve"
    WITHDRAW = "withdraw approval"
    HIDE = "hide"
    SHOW = "show"
    BLOCK = "block"
    UNBLOCK = "unblock"
    IGNORE = "ignore"
    LOOK_AGAIN = "look again"
    TRUST = "trust"
    UNTRUST = "untrust"
    FLAG = "flag"
    UNFLAG = "unflag"
    SETTLE = "settle reports"
    REOPEN = "reopen reports"


_CHANGES: Mapping[Decision, Mapping[str, bool | None]] = {
    Decision.APPROVE: {"is_reviewed": True, "is_flagged": False, "review_asked_at": None},
    Decision.WITHDRAW: {"is_reviewed": False},
    Decision.HIDE: {"is_hidden": True},
    Decision.SHOW: {"is_hidden": False},
    Decision.BLOCK: {"is_blocked": True, "is_flagged": False, "review_asked_at": None},
    Decision.UNBLOCK: {"is_blocked": False, "review_asked_at": None},
    Decision.LOOK_AGAIN: {"ignored_at": None, "is_ignored_for_good": False},
    Decision.TRUST: {"is_trusted": True},
    Decision.UNTRUST: {"is_trusted": False},
    Decision.FLAG: {"is_flagged": True},
    Decision.UNFLAG: {"is_flagged": False},
}
_TAKE_AWAY = frozenset([Decision.BLOCK, Decision.UNTRUST])
# The others change nothing that a reader sees.
_SEEN_BY_READERS = _TAKE_AWAY | frozenset(
    [
        Decision.APPROVE, Decision.WITHDRAW, Decision.HIDE, Decision.SHOW, Decision.UNBLOCK, Decision.TRUST,
    ]
)  # fmt: skip
_SETTLES_REPORTS = frozenset([Decision.APPROVE, Decision.BLOCK, Decision.IGNORE, Decision.SETTLE])


@transaction.atomic
def decide(*, blog: Blog, decision: Decision, actor: User, note: str = "") -> Blog:
    """The blog as it is after the decision. Raises ModerationError."""
    note = _checked(note)
    before = Blog.objects.get(pk=blog.pk)
    changes: dict[str, object] = dict(_CHANGES.get(decision, {}))
    if decision == Decision.IGNORE:
        changes = _to_ignore(before)
    if decision in (Decision.BLOCK, Decision.UNBLOCK):
        changes["staff_note"] = note
    for field, value in changes.items():
        setattr(blog, field, value)
    if changes:
        blog.save(update_fields=list(changes))
    _move_reports(blog, decision, actor)
    if decision in _SEEN_BY_READERS:
        withdraw(blog) if decision in _TAKE_AWAY else touch(blog)
        forget_main_pages()
    audit.note_down(actor=actor, action=decision, target=audit.name_of_blog(blog), note=note)
    _tell_owner(before, decision, note)
    return blog


@transaction.atomic
def hide_post(*, post: Post, actor: User) -> None:
    """Takes one post off the main site; on its blog it stays."""
    _set_hidden(post, actor, is_hidden=True)


@transaction.atomic
def show_post(*, post: Post, actor: User) -> None:
    """Lets the main site point at the post again."""
    _set_hidden(post, actor, is_hidden=False)


def _set_hidden(post: Post, actor: User, *, is_hidden: bool) -> None:
    post.is_hidden = is_hidden
    post.save(update_fields=["is_hidden"])
    forget_main_pages()
    action = "hide post" if is_hidden else "show post"
    audit.note_down(actor=actor, action=action, target=audit.name_of_post(post))


def _checked(note: str) -> str:
    if len(note) > MAX_NOTE:
        raise ModerationError(f"The note has {len(note):,} characters; at most {MAX_NOTE:,} fit.", "note")
    return note.strip()


def _to_ignore(blog: Blog) -> dict[str, object]:
    # Looking away twice is looking away for good: the blog may change as it likes.
    return {
        "ignored_at": timezone.now(),
        "is_ignored_for_good": blog.ignored_at is not None,
        "is_flagged": False,
        "review_asked_at": None,
    }


def _move_reports(blog: Blog, decision: Decision, actor: User) -> None:
    reports = Report.objects.filter(blog=blog)
    if decision in _SETTLES_REPORTS:
        reports.filter(settled_at__isnull=True).update(settled_at=timezone.now(), settled_by=actor)
    elif decision == Decision.REOPEN:
        last = reports.filter(settled_at__isnull=False).order_by("-settled_at").first()
        if last is not None:
            # Those that went together come back together.
            reports.filter(settled_at=last.settled_at).update(settled_at=None, settled_by=None)


def _tell_owner(before: Blog, decision: Decision, note: str) -> None:
    if decision == Decision.APPROVE and before.review_asked_at and not before.is_reviewed:
        letters.tell_approved(before, note)
    elif decision == Decision.BLOCK and not before.is_blocked:
        letters.tell_blocked(before, note)
    elif decision == Decision.UNBLOCK and before.is_blocked:
        letters.tell_unblocked(before, note)

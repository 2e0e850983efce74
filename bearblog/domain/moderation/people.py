"""What staff decide about a person. Each decision has its opposite, and each is written into the book."""

from enum import StrEnum

from django.db import transaction
from django.db.models import Count, QuerySet

from bearblog.domain.accounts import services as accounts
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.selectors import blogs_of
from bearblog.domain.blogs.services import forget_main_pages, touch, withdraw
from bearblog.domain.moderation import audit, letters
from bearblog.domain.moderation.errors import ModerationError


class PersonDecision(StrEnum):
    """What can be decided, in pairs."""

    ADMIT = "let write"
    REFUSE = "do not let write"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"


def waiting() -> QuerySet[User]:
    """Those who signed up and wait for the staff's yes, the longest first."""
    return User.objects.filter(asked_to_write_at__isnull=False, is_active=True).order_by("asked_to_write_at")


def everybody(query: str = "") -> QuerySet[User]:
    """All people whose address has the query in it, with the number of their blogs, the newest first."""
    found = User.objects.annotate(blog_count=Count("blogs")).order_by("-date_joined", "-pk")
    return found.filter(email__icontains=query.strip()) if query.strip() else found


@transaction.atomic
def decide_about(*, user: User, decision: PersonDecision, actor: User) -> None:
    """Carries the decision out. Raises ModerationError for one that would lock the wrong person out."""
    match decision:
        case PersonDecision.ADMIT:
            _admit(user)
        case PersonDecision.REFUSE:
            accounts.stop_asking_to_write(user)
            accounts.take_writing_from(user)
        case PersonDecision.DEACTIVATE | PersonDecision.REACTIVATE:
            _set_active(user, actor, is_active=decision == PersonDecision.REACTIVATE)
    audit.note_down(actor=actor, action=decision, target=audit.name_of_user(user))


def _admit(user: User) -> None:
    was_waiting = user.asked_to_write_at is not None
    accounts.stop_asking_to_write(user)
    accounts.make_writer(user)
    if was_waiting:
        letters.tell_may_write(user)


def _set_active(user: User, actor: User, *, is_active: bool) -> None:
    if user.pk == actor.pk:
        raise ModerationError("You cannot lock yourself out.")
    if user.is_superuser and not actor.is_superuser:
        raise ModerationError(f"{user.email} runs this box; only somebody who does so too can change that.")
    accounts.set_active(user, is_active=is_active)
    # A blog goes dark with its owner's account, and comes back with it.
    for blog in blogs_of(user):
        touch(blog) if is_active else withdraw(blog)
    forget_main_pages()

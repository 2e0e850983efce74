"""Changes to people and invitations."""

import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from bearblog.domain.accounts import selectors
from bearblog.domain.accounts.errors import AccountError
from bearblog.domain.accounts.models import Invitation, User
from bearblog.lib.email_addresses import is_email_address

INVITATION_LIFETIME = timedelta(days=14)


def _valid_email(typed: str) -> str:
    email = typed.strip().lower()
    if not is_email_address(email):
        raise AccountError(f"“{email}” is not an e-mail address.", "email")
    return email


@transaction.atomic
def invite(*, email: str, invited_by: User | None) -> tuple[Invitation, str]:
    """A new invitation and its token, in place of an older open one. Raises AccountError."""
    email = _valid_email(email)
    if selectors.find_user(email):
        raise AccountError(f"{email} has an account on this site already.", "email")
    Invitation.objects.filter(email=email, accepted_at__isnull=True).delete()
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        token_hash=selectors.hash_token(token),
        invited_by=invited_by,
        expires_at=timezone.now() + INVITATION_LIFETIME,
    )
    return invitation, token


@transaction.atomic
def accept_invitation(*, user: User, token: str) -> Invitation:
    """The invitation, now used up, its taker a writer. Raises AccountError when it is no longer open."""
    invitation = selectors.find_invitation(token)
    if invitation is None:
        raise AccountError("This invitation has been used or has run out. Ask for a new one.", "token")
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    make_writer(user)
    return invitation


def withdraw_invitation(*, invitation: Invitation) -> None:
    """Takes back an invitation, unless it was accepted already."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).delete()


def make_writer(user: User) -> None:
    """Lets the person have blogs."""
    user.groups.add(Group.objects.get_or_create(name=selectors.WRITERS)[0])


def make_traveller(user: User) -> None:
    """Puts the person among those who read and have no blogs of their own."""
    user.groups.add(Group.objects.get_or_create(name=selectors.TRAVELLERS)[0])


def take_writing_from(user: User) -> None:
    """Lets the person have no further blogs; those there are stay."""
    user.groups.remove(*user.groups.filter(name=selectors.WRITERS))


def ask_to_write(user: User) -> None:
    """Puts the person among those who wait for the staff's yes, unless they may write already."""
    if not selectors.may_write(user):
        _set_asked(user, timezone.now())


def stop_asking_to_write(user: User) -> None:
    """Takes the person out of those who wait."""
    _set_asked(user, None)


def set_active(user: User, *, is_active: bool) -> None:
    """Lets the person sign in, or no longer."""
    user.is_active = is_active
    user.save(update_fields=["is_active"])


def _set_asked(user: User, moment: datetime | None) -> None:
    user.asked_to_write_at = moment
    user.save(update_fields=["asked_to_write_at"])


@transaction.atomic
def create_owner(*, email: str) -> tuple[User, bool]:
    """The person who runs the box, and whether they are new. Raises AccountError."""
    email = _valid_email(email)
    user = selectors.find_user(email)
    created = user is None
    if user is None:
        user = User.objects.create_superuser(email)
    elif not (user.is_superuser and user.is_staff and user.is_active):
        user.is_superuser = user.is_staff = user.is_active = True
        # Whoever made the account need not be who reads this address: the link chooses a new password.
        user.set_unusable_password()
        user.save(update_fields=["is_superuser", "is_staff", "is_active", "password"])
    make_writer(user)
    # The operator's own word stands for the letter that a new box cannot send yet.
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user, created


def check_farewell(*, user: User, email: str, password: str) -> None:
    """Raises AccountError unless the person has proven who they are and may go."""
    if user.is_superuser and not selectors.has_other_operator(user):
        raise AccountError(
            "You are the only one who runs this site, and it would be left without anybody. "
            "Make another owner first."
        )
    if email.strip().lower() != user.email:
        raise AccountError(f"Type {user.email} to delete the account. Nothing was deleted.", "email")
    if not user.check_password(password):
        raise AccountError("This is not your password. Nothing was deleted.", "password")


@transaction.atomic
def delete_user(*, user: User) -> None:
    """Removes the person; whoever calls this has let their blogs go first."""
    user.delete()

"""Questions about people and invitations."""

import hashlib

from django.contrib.auth.models import AnonymousUser

from bearblog.domain.accounts.models import Invitation, InvitationQuerySet, User

WRITERS = "writers"
TRAVELLERS = "travellers"


def may_write(user: User | AnonymousUser) -> bool:
    """Whether the person may have blogs: the active among the writers, and whoever runs the box."""
    return user.is_active and (user.is_superuser or user.groups.filter(name=WRITERS).exists())


def find_user(email: str) -> User | None:
    """The person with this e-mail address in any case, or None."""
    return User.objects.filter(email=email.strip()).first()


def has_other_operator(user: User) -> bool:
    """Whether anybody else who can sign in may do everything."""
    return User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists()


def find_invitation(token: str) -> Invitation | None:
    """The open invitation that this token belongs to, or None."""
    return Invitation.objects.open().filter(token_hash=hash_token(token)).first()


def open_invitations() -> InvitationQuerySet:
    """All invitations that can still be accepted, newest first."""
    return Invitation.objects.open().select_related("invited_by")


def hash_token(token: str) -> str:
    """What is stored of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()

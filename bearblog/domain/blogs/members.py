"""Changes to who may write on a blog. Readers see none of them."""

import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import hash_token, may_write
from bearblog.domain.blogs import selectors
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.blogs.services import change, withdraw
from bearblog.lib.email_addresses import is_email_address

MAX_MEMBERS = 20


@transaction.atomic
def invite_member(*, blog: Blog, email: str, role: str) -> tuple[Membership, str]:
    """The invitation and its token, in the place of an older one to this address. Raises BlogError."""
    address, chosen = _address(email), _role(role)
    if address == blog.owner.email:
        raise BlogError(f"{address} owns this blog already.", "email")
    others = Membership.objects.filter(blog=blog).exclude(email=address, accepted_at__isnull=True)
    if others.filter(user__email=address).exists() or others.filter(email=address).exists():
        raise BlogError(f"{address} writes on this blog already; change the role below.", "email")
    if others.count() >= MAX_MEMBERS:
        raise BlogError(f"{MAX_MEMBERS} people is as many as one blog can have besides its owner.", "email")
    Membership.objects.filter(blog=blog, email=address).delete()
    token = secrets.token_urlsafe(32)
    invited = Membership.objects.create(blog=blog, email=address, role=chosen, token_hash=hash_token(token))
    return invited, token


@transaction.atomic
def accept_membership(*, user: User, token: str) -> Membership:
    """The person's place on the blog. Raises BlogError when it is somebody else's or no longer open."""
    membership = selectors.find_membership(token)
    if membership is None:
        raise BlogError("This invitation has been used, taken back or has run out. Ask for a new one.")
    if membership.email != user.email:
        raise BlogError(f"This invitation is for {membership.email}, and you are signed in as {user.email}.")
    if selectors.role_on(membership.blog, user) is not None:
        raise BlogError("You write on this blog already.")
    membership.user, membership.accepted_at = user, timezone.now()
    membership.save(update_fields=["user", "accepted_at"])
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str) -> Membership:
    """The membership with this role. Raises BlogError."""
    membership.role = _role(role)
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """Takes the person's place on the blog away, or the invitation to one. Their posts stay."""
    membership.delete()


@transaction.atomic
def hand_over(*, blog: Blog, membership: Membership | None, typed_name: str) -> Blog:
    """The blog, now of this member, its owner until now an editor. Raises BlogError."""
    if typed_name.strip() != blog.subdomain:
        raise BlogError(f"Type “{blog.subdomain}” to hand the blog over. Nothing was changed.", "name")
    before, after = blog.owner, membership.user if membership else None
    if membership is None or after is None or membership.accepted_at is None:
        raise BlogError("A blog can be handed over to somebody who writes on it already.", "membership")
    if not may_write(after):
        raise BlogError(f"{after.email} may not have blogs of their own on this site.", "membership")
    if selectors.blogs_of(after).count() >= settings.BLOGS_PER_USER:
        raise BlogError(
            f"{after.email} has {settings.BLOGS_PER_USER} blogs, as many as one person can have here.",
            "membership",
        )
    membership.delete()
    # An open invitation to the old owner's address would stand in the way of their new place.
    Membership.objects.filter(blog=blog, email=before.email).delete()
    Membership.objects.create(
        blog=blog,
        email=before.email,
        user=before,
        role=Membership.Role.EDITOR,
        token_hash=hash_token(secrets.token_urlsafe(32)),
        accepted_at=timezone.now(),
    )
    change(blog, owner=after)
    # What the one before stood for, the one after need not.
    withdraw(blog)
    return blog


def _address(typed: str) -> str:
    address = typed.strip().lower()
    if not is_email_address(address):
        raise BlogError(f"“{address}” is not an e-mail address.", "email")
    return address


def _role(typed: str) -> str:
    if typed not in Membership.Role.values:
        raise BlogError("Choose what the person may do: editor or writer.", "role")
    return typed

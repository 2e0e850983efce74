"""Questions about subscribers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bearblog.domain.blogs.models import Blog
from bearblog.domain.newsletter.models import Subscriber, SubscriberQuerySet


@dataclass(frozen=True)
class SubscriberRow:
    """One subscriber, as an export carries them."""

    email: str
    subscribed_at: datetime
    confirmed_at: datetime | None


def subscribers_of(blog: Blog, query: str = "") -> SubscriberQuerySet:
    """The blog's subscribers by address, those whose address contains the query."""
    found = Subscriber.objects.filter(blog=blog)
    return found.filter(email__icontains=query.strip()) if query.strip() else found


def find_subscriber(blog: Blog, token: str) -> Subscriber | None:
    """The subscriber whom this token was sent to, or None."""
    return Subscriber.objects.filter(blog=blog, token=token).first()


def rows(blog: Blog) -> Iterator[SubscriberRow]:
    """All subscribers of the blog by address, for an export."""
    fields = ("email", "subscribed_at", "confirmed_at")
    return (SubscriberRow(*row) for row in subscribers_of(blog).values_list(*fields).iterator())

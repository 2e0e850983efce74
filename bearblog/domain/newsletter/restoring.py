"""Subscribers who come with a blog from elsewhere, as they were there. No letter goes out."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bearblog.domain.blogs.models import Blog
from bearblog.domain.newsletter.models import Subscriber
from bearblog.lib.email_addresses import is_email_address


@transaction.atomic
def restore_subscribers(*, blog: Blog, rows: Iterable[tuple[str, datetime, datetime | None]]) -> int:
    """How many were new to the blog, of address, when subscribed, when confirmed. Others are left out."""
    known = set(Subscriber.objects.filter(blog=blog).values_list("email", flat=True))
    fresh = {email.strip().lower(): (at, confirmed) for email, at, confirmed in rows}
    made = Subscriber.objects.bulk_create(
        Subscriber(
            blog=blog,
            email=email,
            token=secrets.token_urlsafe(32),
            subscribed_at=subscribed_at,
            confirmed_at=confirmed_at,
        )
        for email, (subscribed_at, confirmed_at) in fresh.items()
        if email not in known and is_email_address(email)
    )
    return len(made)

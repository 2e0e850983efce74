"""Changes to the subscribers of a blog. Nothing of it stands on a page, so no blog is touched."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from bearblog.domain.blogs.models import Blog
from bearblog.domain.newsletter import letters, selectors
from bearblog.domain.newsletter.errors import NewsletterError
from bearblog.domain.newsletter.models import Subscriber
from bearblog.engines.throttle import budget
from bearblog.lib import networks
from bearblog.lib.email_addresses import MAX_LENGTH, is_email_address

NEW_A_BLOG = 100
NEW_A_READER = 10
LETTERS_AN_ADDRESS = 3
# Who pastes more strangers than this is not asking them, but writing to them.
LETTERS_A_PASTE = 200
DAY = 24 * 3600
UNCONFIRMED_LIFETIME = timedelta(days=30)


@transaction.atomic
def subscribe(*, blog: Blog, email: str, address: str = "") -> None:
    """Writes to the e-mail address for its yes, unless it gave it already. Raises NewsletterError.

    Nothing tells the caller whether the address was known. `address` is the reader's own on the net.
    """
    email = valid_email(email)
    _check_budget(blog, address)
    subscriber = selectors.subscribers_of(blog).filter(email=email).first()
    if subscriber is None:
        subscriber = _add(blog, email)
    if subscriber.confirmed_at is None and _may_write_to(email):
        letters.ask_to_confirm(subscriber)


@transaction.atomic
def confirm(*, blog: Blog, token: str) -> Subscriber:
    """The subscriber, who counts from now on. Raises NewsletterError for a token that nobody has."""
    subscriber = selectors.find_subscriber(blog, token)
    if subscriber is None:
        raise NewsletterError(
            gettext("This link is not valid any more. Subscribe once more to get a new one.")
        )
    if subscriber.confirmed_at is None:
        subscriber.confirmed_at = timezone.now()
        subscriber.save(update_fields=["confirmed_at"])
    return subscriber


def unsubscribe(*, blog: Blog, token: str) -> bool:
    """Forgets the subscriber with this token; whether there was one."""
    removed, _ = Subscriber.objects.filter(blog=blog, token=token).delete()
    return bool(removed)


@transaction.atomic
def ask_to_leave(*, blog: Blog, email: str, address: str = "") -> None:
    """Sends the way out to an address, if it is a subscriber's. Raises NewsletterError."""
    email = valid_email(email)
    _check_budget(blog, address)
    subscriber = selectors.subscribers_of(blog).filter(email=email).first()
    if subscriber is not None and _may_write_to(email):
        letters.send_way_out(subscriber)


@transaction.atomic
def add_subscribers(*, blog: Blog, emails: Sequence[str], have_agreed: bool) -> int:
    """How many addresses were new; each gets a letter unless it agreed before. Raises NewsletterError."""
    wanted = list(dict.fromkeys(valid_email(email, "emails") for email in emails))
    known = set(Subscriber.objects.filter(blog=blog).values_list("email", flat=True))
    new = [email for email in wanted if email not in known]
    confirmed_at = timezone.now() if have_agreed else None
    if not have_agreed:
        _check_paste(blog, len(new))
    made = Subscriber.objects.bulk_create(
        Subscriber(blog=blog, email=email, token=secrets.token_urlsafe(32), confirmed_at=confirmed_at)
        for email in new
    )
    for subscriber in [] if have_agreed else made:
        letters.ask_to_confirm(subscriber)
    return len(made)


def remove_subscribers(*, blog: Blog, pks: Sequence[int]) -> int:
    """Forgets these subscribers of the blog; returns how many there were."""
    removed, _ = Subscriber.objects.filter(blog=blog, pk__in=pks).delete()
    return removed


def forget_unconfirmed() -> int:
    """Removes the addresses that said nothing for a month; returns how many."""
    since = timezone.now() - UNCONFIRMED_LIFETIME
    removed, _ = Subscriber.objects.filter(confirmed_at__isnull=True, subscribed_at__lt=since).delete()
    return removed


def valid_email(typed: str, field: str = "email") -> str:
    """The address as it is stored. Raises NewsletterError, about the field."""
    email = typed.strip().lower()
    if not email:
        raise NewsletterError(gettext("Give an e-mail address."), field)
    if len(email) > MAX_LENGTH:
        raise NewsletterError(gettext("This e-mail address is longer than any mail server takes."), field)
    if not is_email_address(email):
        sentence = gettext("“%(email)s” is not an e-mail address.") % {"email": email[:100]}
        raise NewsletterError(sentence, field)
    return email


def _add(blog: Blog, email: str) -> Subscriber:
    subscriber, _ = Subscriber.objects.get_or_create(
        blog=blog, email=email, defaults={"token": secrets.token_urlsafe(32)}
    )
    return subscriber


def _check_paste(blog: Blog, count: int) -> None:
    if not all(budget.spend(f"paste {blog.pk}", most=LETTERS_A_PASTE, seconds=DAY) for _ in range(count)):
        raise NewsletterError(
            f"{count} letters would go out, and a blog may ask {LETTERS_A_PASTE} people a day. "
            "Add fewer, or say that they have agreed already.",
            "emails",
        )


def _check_budget(blog: Blog, address: str) -> None:
    reader = f"subscribe {networks.network_of(address)}" if address else f"subscribe on {blog.pk}"
    within = budget.spend(reader, most=NEW_A_READER if address else NEW_A_BLOG, seconds=3600)
    if not within or not budget.spend(f"subscribe {blog.pk}", most=NEW_A_BLOG, seconds=3600):
        raise NewsletterError(gettext("Many people are subscribing just now. Try again in an hour."))


def _may_write_to(email: str) -> bool:
    return budget.spend(f"letter {email}", most=LETTERS_AN_ADDRESS, seconds=DAY)

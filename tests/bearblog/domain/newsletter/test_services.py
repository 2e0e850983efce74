"""Subscribers: by their own yes, known to nobody else, and free to leave."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.newsletter import services
from bearblog.domain.newsletter.errors import NewsletterError
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.newsletter.selectors import rows, subscribers_of

READER = "203.0.113.9"


@pytest.fixture(autouse=True)
def _full_budget() -> None:
    cache.clear()


def test_a_subscription_counts_once_its_owner_said_yes(blog: Blog) -> None:
    services.subscribe(blog=blog, email=" Dora+Bear@Example.museum ", address=READER)
    subscriber = Subscriber.objects.get()
    assert subscriber.email == "dora+bear@example.museum"
    assert not Subscriber.objects.all().confirmed().exists()
    link = re.search(r"https://alice\.bear\.localhost:8443/confirm/([^/]+)/", str(mail.outbox[0].body))
    assert link
    services.confirm(blog=blog, token=link[1])
    services.confirm(blog=blog, token=link[1])
    assert Subscriber.objects.all().confirmed().count() == 1


def test_the_letter_speaks_the_language_of_the_blog_and_names_it(blog: Blog) -> None:
    services.subscribe(blog=blog, email="dora@example.org")
    assert "Alice's notes" in mail.outbox[0].subject
    assert mail.outbox[0].to == ["dora@example.org"]


def test_who_subscribes_twice_learns_nothing_and_gets_few_letters(blog: Blog) -> None:
    for _ in range(5):
        services.subscribe(blog=blog, email="dora@example.org", address=READER)
    assert Subscriber.objects.count() == 1
    assert len(mail.outbox) == services.LETTERS_AN_ADDRESS


def test_who_is_confirmed_gets_no_letter(blog: Blog) -> None:
    services.add_subscribers(blog=blog, emails=["dora@example.org"], have_agreed=True)
    services.subscribe(blog=blog, email="dora@example.org")
    assert not mail.outbox


@pytest.mark.parametrize(
    "typed", ["", "  ", "nonsense", "a@b", "a@example.org\nBcc: b@example.org", "x" * 300]
)
def test_what_is_no_address_is_refused(blog: Blog, typed: str) -> None:
    with pytest.raises(NewsletterError) as refusal:
        services.subscribe(blog=blog, email=typed)
    assert refusal.value.field == "email"
    assert not Subscriber.objects.exists()


def test_a_crowd_of_addresses_from_one_reader_is_refused(blog: Blog) -> None:
    for number in range(services.NEW_A_READER):
        services.subscribe(blog=blog, email=f"dora{number}@example.org", address=READER)
    with pytest.raises(NewsletterError, match="Try again"):
        services.subscribe(blog=blog, email="one-more@example.org", address=READER)
    services.subscribe(blog=blog, email="another@example.org", address="203.0.113.10")


def test_a_crowd_on_one_blog_is_refused(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "NEW_A_BLOG", 1)
    services.subscribe(blog=blog, email="dora@example.org", address=READER)
    with pytest.raises(NewsletterError, match="Try again"):
        services.subscribe(blog=blog, email="emil@example.org", address="203.0.113.10")


def test_a_token_opens_its_own_blog_only(blog: Blog, bob: object) -> None:
    other = Blog.objects.create(owner=blog.owner, title="Other", subdomain="other")
    services.subscribe(blog=blog, email="dora@example.org")
    token = Subscriber.objects.get().token
    with pytest.raises(NewsletterError):
        services.confirm(blog=other, token=token)
    assert not services.unsubscribe(blog=other, token=token)
    assert services.unsubscribe(blog=blog, token=token)
    assert not services.unsubscribe(blog=blog, token=token)
    assert not Subscriber.objects.exists()


def test_the_way_out_is_sent_to_subscribers_only(blog: Blog) -> None:
    services.add_subscribers(blog=blog, emails=["dora@example.org"], have_agreed=True)
    services.ask_to_leave(blog=blog, email="dora@example.org")
    services.ask_to_leave(blog=blog, email="stranger@example.org")
    assert [letter.to for letter in mail.outbox] == [["dora@example.org"]]
    assert f"/unsubscribe/{Subscriber.objects.get().token}/" in str(mail.outbox[0].body)


def test_pasted_addresses_count_only_with_their_consent(blog: Blog) -> None:
    pasted = ["Dora@example.org", "dora@example.org", "emil@example.org"]
    assert services.add_subscribers(blog=blog, emails=pasted, have_agreed=False) == 2
    assert len(mail.outbox) == 2
    assert not Subscriber.objects.all().confirmed().exists()
    assert services.add_subscribers(blog=blog, emails=["f@example.org"], have_agreed=True) == 1
    assert len(mail.outbox) == 2
    assert [row.email for row in rows(blog)] == ["dora@example.org", "emil@example.org", "f@example.org"]


def test_one_wrong_address_adds_none(blog: Blog) -> None:
    with pytest.raises(NewsletterError, match="nonsense"):
        services.add_subscribers(blog=blog, emails=["dora@example.org", "nonsense"], have_agreed=True)
    assert not Subscriber.objects.exists()


def test_silent_addresses_are_forgotten_after_a_month(blog: Blog) -> None:
    services.add_subscribers(blog=blog, emails=["kept@example.org"], have_agreed=True)
    services.add_subscribers(blog=blog, emails=["silent@example.org"], have_agreed=False)
    Subscriber.objects.update(subscribed_at=timezone.now() - timedelta(days=31))
    assert services.forget_unconfirmed() == 1
    assert subscribers_of(blog).get().email == "kept@example.org"


def test_only_subscribers_of_the_blog_can_be_removed(blog: Blog) -> None:
    other = Blog.objects.create(owner=blog.owner, title="Other", subdomain="other")
    services.add_subscribers(blog=blog, emails=["dora@example.org"], have_agreed=True)
    pk = Subscriber.objects.get().pk
    assert services.remove_subscribers(blog=other, pks=[pk]) == 0
    assert services.remove_subscribers(blog=blog, pks=[pk]) == 1

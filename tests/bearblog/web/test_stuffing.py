"""Readers who pretend to be many: what they send again and again counts once, or not at all."""

import inspect
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from bearblog import settings as box_settings
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.newsletter import services as newsletter
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from bearblog.engines.outbox.models import Letter
from bearblog.engines.throttle import budget

FROM_HERE = {"sec-fetch-site": "same-origin", "x-real-ip": "192.0.2.1"}


@pytest.fixture
def post(blog: Blog) -> Post:
    return create_post(blog=blog, title="One", text="", status="published")


def forged(number: int) -> dict[str, str]:
    """Headers of somebody who would like to be somebody else each time."""
    address = f"198.51.100.{number}"
    return {
        "x-forwarded-for": address,
        "forwarded": f"for={address}",
        "x-client-ip": address,
        "cf-connecting-ip": address,
        "true-client-ip": address,
    }


def test_forged_addresses_add_no_like(reader: Client, post: Post) -> None:
    for number in range(5):
        reader.post(f"/like/{post.creation_key}/", headers=FROM_HERE | forged(number))
    post.refresh_from_db()
    assert post.like_count == 1


def test_forged_addresses_send_no_more_letters(reader: Client, blog: Blog) -> None:
    for number in range(newsletter.NEW_A_READER + 5):
        headers = FROM_HERE | forged(number)
        reader.post("/subscribe/", {"email": f"victim{number}@example.org"}, headers=headers)
    assert Subscriber.objects.count() == Letter.objects.count() == newsletter.NEW_A_READER
    assert not Subscriber.objects.confirmed().exists()


def test_a_blog_counts_what_happens_on_its_own_host_alone(
    reader: Client, blog: Blog, bob: User, post: Post, at: Callable[[str], Client]
) -> None:
    create_blog(owner=bob, title="Bob's", subdomain="bobs")
    headers = FROM_HERE | {"x-forwarded-host": "alice.bear.localhost"}
    at("bobs.bear.localhost").post(f"/like/{post.creation_key}/", headers=headers)
    post.refresh_from_db()
    assert post.like_count == 0


def test_no_header_but_the_host_says_which_blog_is_read(reader: Client, blog: Blog, bob: User) -> None:
    create_blog(owner=bob, title="Bob's blog", subdomain="bobs")
    lies = {"x-forwarded-host": "bobs.bear.localhost", "forwarded": "host=bobs.bear.localhost"}
    page = reader.get("/", headers=lies | {"x-forwarded-server": "bobs.bear.localhost"}).content.decode()
    assert "Alice&#x27;s notes" in page and "bobs" not in page.lower()


def test_limits_are_the_same_for_all_processes() -> None:
    # Read as written: the tests themselves count in memory.
    assert '"BACKEND": "django.core.cache.backends.db.DatabaseCache"' in inspect.getsource(box_settings)


def test_the_counts_of_limits_end(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    kept: list[int] = []
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.append(timeout))
    budget.spend("like 192.0.2.1", most=1, seconds=3600)
    assert kept == [3600]

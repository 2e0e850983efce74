"""Which posts the main site points at, and in which order."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.conversation.services import like
from bearblog.domain.moderation import discover, services
from bearblog.domain.moderation.discover import Wish
from bearblog.domain.posts import search
from bearblog.domain.posts.models import Post, Tag
from bearblog.domain.posts.scoring import score

LONG = "Words about honey. " * 10
NOW = datetime.now().astimezone()


@pytest.fixture(autouse=True)
def _full_budget() -> None:
    cache.clear()


@pytest.fixture
def other(bob: User) -> Blog:
    return Blog.objects.create(owner=bob, title="Bob's", subdomain="bob", is_reviewed=True, language="de")


def write(blog: Blog, slug: str, *, hours_ago: float = 1, likes: int = 0, **fields: object) -> Post:
    moment = NOW - timedelta(hours=hours_ago)
    given: dict[str, object] = {
        "title": slug.capitalize(),
        "text": LONG,
        "status": "published",
        "published_at": moment,
        "first_published_at": moment,
        "like_count": likes,
        "score": score(likes, moment),
    }
    return Post.objects.create(blog=blog, slug=slug, **(given | fields))


def slugs(page: discover.Page) -> list[str]:
    return [post.slug for post in page.posts]


def test_trending_weighs_likes_against_age(blog: Blog, other: Blog) -> None:
    write(blog, "fresh", hours_ago=1)
    write(other, "liked", hours_ago=24 * 7, likes=10)
    write(other, "old", hours_ago=24 * 30, likes=10)
    assert slugs(discover.trending(Wish(), 1)) == ["liked", "fresh", "old"]
    assert slugs(discover.newest(Wish(), 1)) == ["fresh", "liked", "old"]


def test_a_like_is_seen_at_once(blog: Blog, other: Blog) -> None:
    write(blog, "first", hours_ago=1)
    second = write(other, "second", hours_ago=2)
    for last in range(1, 4):
        like(post=second, address=f"203.0.113.{last}")
    assert slugs(discover.trending(Wish(), 1)) == ["second", "first"]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"published_at": NOW + timedelta(hours=1)},
        {"is_page": True},
        {"is_discoverable": False},
        {"is_hidden": True},
        {"text": "Too short."},
    ],
)
def test_what_is_not_for_everybody_stays_off_the_page(blog: Blog, fields: dict[str, Any]) -> None:
    write(blog, "post", **fields)
    assert not discover.eligible().exists()


@pytest.mark.parametrize("field", ["is_reviewed", "is_hidden", "is_blocked"])
def test_blogs_that_staff_hold_back_stay_off_the_page(blog: Blog, field: str) -> None:
    write(blog, "post")
    assert discover.eligible().exists()
    setattr(blog, field, field != "is_reviewed")
    blog.save()
    assert not discover.eligible().exists()


def test_the_blogs_of_somebody_deactivated_stay_off_the_page(blog: Blog) -> None:
    write(blog, "post")
    blog.owner.is_active = False
    blog.owner.save()
    assert not discover.eligible().exists()


def test_a_blog_has_three_places_in_twelve_hours(blog: Blog, other: Blog) -> None:
    for number in range(6):
        write(blog, f"post{number}", hours_ago=6 - number)
    write(blog, "last-week", hours_ago=24 * 7)
    write(other, "another", hours_ago=3)
    assert set(slugs(discover.newest(Wish(), 1))) == {"post0", "post1", "post2", "another", "last-week"}


def test_a_language_is_the_posts_own_or_else_its_blogs(blog: Blog, other: Blog) -> None:
    write(blog, "english")
    write(blog, "swiss", hours_ago=20, language="de-CH")
    write(other, "german")
    write(other, "dena", hours_ago=20, language="den")
    assert set(slugs(discover.newest(Wish(language="de"), 1))) == {"swiss", "german"}
    assert slugs(discover.newest(Wish(language="EN"), 1)) == ["english"]


def test_a_tag_and_words_narrow_the_page(blog: Blog, other: Blog) -> None:
    tagged = write(blog, "tagged")
    Tag.objects.create(post=tagged, name="bees", position=0)
    write(other, "wax", text="A long text about candles and wax. " * 6)
    search.rebuild()
    assert slugs(discover.newest(Wish(tag="bees"), 1)) == ["tagged"]
    assert slugs(discover.newest(Wish(words="candles"), 1)) == ["wax"]
    assert slugs(discover.newest(Wish(words="honey"), 1)) == ["tagged"]
    assert slugs(discover.newest(Wish(words='"(* NEAR('), 1)) == []


def test_what_a_person_hid_they_do_not_see(blog: Blog, other: Blog, charlie: User) -> None:
    write(blog, "one")
    write(other, "two")
    services.hide_from(user=charlie, blog=blog)
    services.hide_from(user=charlie, blog=blog)
    assert slugs(discover.newest(Wish(user=charlie), 1)) == ["two"]
    assert len(slugs(discover.newest(Wish(), 1))) == 2
    services.show_again(user=charlie, blog=blog)
    assert len(slugs(discover.newest(Wish(user=charlie), 1))) == 2


def test_pages_have_twenty_posts(blog: Blog) -> None:
    for number in range(23):
        write(blog, f"post{number}", hours_ago=13 * number + 1)
    first, second = (discover.newest(Wish(), number) for number in (1, 2))
    assert (len(first.posts), first.has_more) == (20, True)
    assert (len(second.posts), second.has_more) == (3, False)
    assert discover.newest(Wish(), -5).number == 1
    assert discover.newest(Wish(), 99999).number == discover.MOST_PAGES


def test_chance_finds_all_posts(blog: Blog, other: Blog) -> None:
    write(blog, "one")
    write(other, "two")
    assert set(slugs(discover.at_random(Wish()))) == {"one", "two"}
    assert {discover.random_post(Wish(language="de"))} == {Post.objects.get(slug="two")}
    assert discover.random_blog(Wish(language="de")) == other
    assert discover.random_post(Wish(language="ko")) is None
    assert discover.random_blog(Wish(language="ko")) is None


def test_chance_among_many_posts_needs_few_queries(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover, "_PROBES", 4)
    for number in range(60):
        write(blog, f"post{number}", hours_ago=13 * number + 1)
    with CaptureQueriesContext(connection) as queries:
        assert discover.at_random(Wish()).posts
    assert len(queries) <= 4


@pytest.mark.parametrize("order", ["trending", "newest"])
def test_the_page_is_read_along_an_index(blog: Blog, order: str) -> None:
    write(blog, "one")
    with CaptureQueriesContext(connection) as queries:
        discover.ORDERS[order](Wish(), 1)
    assert len(queries) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert ("post_best" if order == "trending" else "post_newest") in plan
    assert "post_list_of_blog (blog_id=? AND is_page=? AND status=? AND published_at<?)" in plan


def test_a_score_is_there_from_publication_on(blog: Blog) -> None:
    moment = timezone.now()
    assert score(0, moment) > score(0, moment - timedelta(days=1))

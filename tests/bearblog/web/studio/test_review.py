"""What an author sees of staff's decisions, and how they ask."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Membership

PAGE = "/studio/alice/review/"


@pytest.fixture
def new(blog: Blog) -> Blog:
    """A blog that nobody has looked at."""
    blog.is_reviewed = False
    blog.save(update_fields=["is_reviewed"])
    return blog


def test_an_approved_blog_has_nothing_to_ask(studio: Client, blog: Blog) -> None:
    page = studio.get(PAGE).content.decode()
    assert "Staff have looked at this blog." in page
    assert "Ask them" not in page
    assert studio.post(PAGE, {"note": "Look"}).status_code == 422


def test_an_author_asks_and_takes_it_back(studio: Client, new: Blog) -> None:
    assert "Ask them to look at it" in studio.get(PAGE).content.decode()
    studio.post(PAGE, {"note": "I write about <bees>."})
    page = studio.get(PAGE).content.decode()
    assert "You asked them to look at it" in page
    assert "I write about &lt;bees&gt;." in page
    studio.post(PAGE, {"withdraw": "1"})
    new.refresh_from_db()
    assert new.review_asked_at is None


def test_a_request_without_words_is_one_too(studio: Client, new: Blog) -> None:
    assert studio.post(PAGE, {"note": ""}).status_code == 302
    new.refresh_from_db()
    assert new.review_asked_at is not None


def test_words_that_are_too_many_are_given_back(studio: Client, new: Blog) -> None:
    response = studio.post(PAGE, {"note": "x" * 2001})
    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()


def test_a_blocked_blog_says_so_on_every_page_and_tells_why(studio: Client, blog: Blog) -> None:
    Blog.objects.update(is_blocked=True, staff_note="It copies <another>.")
    assert "Staff have blocked this blog" in studio.get("/studio/alice/analytics/").content.decode()
    page = studio.get(PAGE).content.decode()
    assert "It copies &lt;another&gt;." in page
    assert "Ask them to look at it" in page


def test_a_new_blog_says_on_its_first_page_that_it_is_not_shown(studio: Client, new: Blog) -> None:
    assert "not shown on the main site" in studio.get("/studio/alice/posts/").content.decode()


def test_only_the_owner_asks(blog: Blog, bob: User, signed_in: Callable[[User], Client]) -> None:
    Membership.objects.create(
        blog=blog, email=bob.email, user=bob, role="editor", token_hash="x", accepted_at=timezone.now()
    )
    assert signed_in(bob).get(PAGE).status_code == 404
    assert signed_in(bob).post(PAGE, {"note": ""}).status_code == 404

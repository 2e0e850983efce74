"""Two requests at the same moment."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post

pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call returned, or the refusal it raised; all start together."""
    start = threading.Barrier(len(calls))
    results: list[object] = []

    def run(call: Callable[[], object]) -> None:
        start.wait()
        try:
            results.append(call())
        except BlogError as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_form_sent_twice_at_once_makes_one_post(blog: Blog) -> None:
    key = uuid.uuid4()

    def send() -> Post:
        own_blog = Blog.objects.get(pk=blog.pk)
        return create_post(blog=own_blog, title="Once", text="a", status="published", creation_key=key)

    results = at_once(send, send, send, send)
    assert results == [Post.objects.get()] * 4


def test_equal_titles_at_once_get_slugs_of_their_own(blog: Blog) -> None:
    def send() -> Post:
        return create_post(blog=Blog.objects.get(pk=blog.pk), title="Same", text="")

    at_once(send, send, send, send)
    assert set(Post.objects.values_list("slug", flat=True)) == {"same", "same-2", "same-3", "same-4"}
    blog.refresh_from_db()
    assert blog.version == 6


def test_a_name_that_two_want_at_once_goes_to_one(alice: User, bob: User) -> None:
    results = at_once(
        lambda: create_blog(owner=alice, title="A", subdomain="wanted"),
        lambda: create_blog(owner=bob, title="B", subdomain="wanted"),
    )
    assert sorted(type(result).__name__ for result in results) == ["Blog", "BlogError"]

"""Deleted posts, and the way back."""

from collections.abc import Callable

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import delete_post, save_post

pytestmark = pytest.mark.django_db

DELETED = "/studio/alice/deleted/"


def test_a_deleted_post_comes_back_as_a_draft(studio: Client, blog: Blog, alice: User) -> None:
    post = save_post(blog=blog, author=alice, header="title: Honey\ntags: bees", text="Sweet", publish=True)
    key = post.creation_key
    delete_post(post=post, by=alice)
    assert "Honey" in studio.get(DELETED).content.decode()
    page = studio.post(DELETED, {"key": str(key)}, follow=True).content.decode()
    assert "“Honey” is back, as a draft." in page
    assert "tags: bees" in page
    assert (Post.objects.get().text, Post.objects.get().status) == ("Sweet", "draft")
    assert studio.post(DELETED, {"key": str(key)}).status_code == 404


def test_where_nothing_was_deleted_that_is_said(studio: Client, blog: Blog) -> None:
    assert "Nothing here." in studio.get(DELETED).content.decode()
    assert studio.post(DELETED, {"key": "x"}).status_code == 404


def test_a_writer_finds_none_but_their_own(
    member: Callable[[str], Client], blog: Blog, alice: User, bob: User
) -> None:
    posts = [save_post(blog=blog, author=who, header=f"title: {who.email}", text="") for who in (alice, bob)]
    keys = [post.creation_key for post in posts]
    for post in posts:
        delete_post(post=post, by=alice)
    client = member("writer")
    assert "alice@example.org" not in client.get(DELETED).content.decode()
    assert client.post(DELETED, {"key": str(keys[0])}).status_code == 404
    assert client.post(DELETED, {"key": str(keys[1])}).status_code == 302

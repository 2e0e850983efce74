"""Design rule 7: whatever changes what a reader sees raises the blog's version in the same transaction."""

import importlib
import inspect
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bearblog import domain
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import services as blogs
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import services as posts
from bearblog.domain.posts.models import Post

Change = Callable[[Blog, Post], object]

SEEN_BY_READERS: dict[str, Change] = {
    "blogs.touch": lambda blog, post: blogs.touch(blog),
    "blogs.create_blog": lambda blog, post: blogs.create_blog(owner=blog.owner, title="Two", subdomain="two"),
    "blogs.update_blog": lambda blog, post: blogs.update_blog(
        blog=blog, title="New", home_text="", nav_text="", language="en"
    ),
    "blogs.rename_blog": lambda blog, post: blogs.rename_blog(blog=blog, subdomain="renamed"),
    "blogs.set_custom_domain": lambda blog, post: blogs.set_custom_domain(blog=blog, domain="example.org"),
    "blogs.delete_blog": lambda blog, post: blogs.delete_blog(blog=blog),
    "posts.create_post": lambda blog, post: posts.create_post(blog=blog, title="Two", text=""),
    "posts.update_post": lambda blog, post: posts.update_post(
        post=post, title="New", text="", status="published"
    ),
    "posts.publish_post": lambda blog, post: posts.publish_post(post=post),
    "posts.unpublish_post": lambda blog, post: posts.unpublish_post(post=post),
    "posts.delete_post": lambda blog, post: posts.delete_post(post=post),
}
UNSEEN_BY_READERS = {
    "accounts.invite",
    "accounts.accept_invitation",
    "accounts.withdraw_invitation",
    "accounts.make_writer",
    "accounts.make_traveller",
    "accounts.create_owner",
}


def all_services() -> set[str]:
    found = set()
    for file in Path(domain.__path__[0]).glob("*/services.py"):
        module = importlib.import_module(f"bearblog.domain.{file.parent.name}.services")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found.add(f"{file.parent.name}.{name}")
    return found


def test_every_service_is_listed_here() -> None:
    assert all_services() == set(SEEN_BY_READERS) | UNSEEN_BY_READERS


@pytest.mark.parametrize("name", sorted(SEEN_BY_READERS))
def test_a_change_that_readers_see_raises_the_version(name: str, blog: Blog, bob: User) -> None:
    post = posts.create_post(blog=blog, title="One", text="", status="published")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        SEEN_BY_READERS[name](blog, post)
    raised = '"version" = ("blogs_blog"."version" + 1)'
    assert any(raised in query["sql"] for query in queries.captured_queries)

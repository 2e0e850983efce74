"""How the database answers what readers' pages ask: from an index, never by reading all posts or blogs."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, FormerName
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post

BLOG_PAGES = (
    "/",
    "/blog/",
    "/blog/?q=a,-b&page=2",
    "/one/",
    "/old/",
    "/nothing/",
    "/tags/",
    "/tags/a/",
    "/archive/",
    "/archive/2020/",
    "/search/?q=words",
    "/feed/",
    "/rss/?q=a",
    "/feed.json",
    "/sitemap.xml",
    "/draft/none/",
    "/hit/?page=/one/",
    "/subscribe/",
    "/confirm/none/",
    "/style/none.css",
)
DISCOVER_PAGES = ("/discover/", "/discover/?order=newest", "/discover/feed/")


@pytest.fixture
def post(blog: Blog, alice: User) -> Post:
    Blog.objects.update(
        is_reviewed=True, home_text="{{ posts | tag: a }} {{ tags }}", nav_text="{{ next_post }}"
    )
    FormerName.objects.create(blog=blog, subdomain="before")
    return create_post(
        blog=blog,
        title="One",
        text="Words about bees. " * 20,
        author=alice,
        status="published",
        published_at="2020-01-01",
        tags=["a"],
        alias="old",
    )


def plans(client: Client, path: str) -> Iterator[tuple[str, list[str]]]:
    """Each question that the page asks, and the steps by which it is answered."""
    with CaptureQueriesContext(connection) as queries:
        client.get(path, headers={"user-agent": "Mozilla/5.0 (X11) Gecko/20100101 Firefox/140.0"})
    for query in queries.captured_queries:
        if query["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"), ())
                yield query["sql"], [row[3] for row in cursor.fetchall()]


def scans(steps: list[str]) -> list[str]:
    # What SQLite calls a scan of the search table goes by that table's own index.
    return [step for step in steps if step.startswith("SCAN") and " VIRTUAL TABLE INDEX " not in step]


@pytest.mark.parametrize("path", BLOG_PAGES)
def test_no_page_of_a_blog_reads_a_table_whole(reader: Client, post: Post, path: str) -> None:
    asked = list(plans(reader, path))
    assert asked
    assert [(sql, steps) for sql, steps in asked if scans(steps)] == []


@pytest.mark.parametrize("path", DISCOVER_PAGES)
def test_discover_walks_along_an_index_until_the_page_is_full(main: Client, post: Post, path: str) -> None:
    for sql, steps in plans(main, path):
        along = [
            step
            for step in scans(steps)
            if "USING INDEX post_best" in step or "USING INDEX post_newest" in step
        ]
        assert scans(steps) == along, (sql, steps)
        assert not along or "LIMIT" in sql

"""How the database answers what readers' pages ask: from an index, never by reading all posts or blogs."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.analytics import selectors as analytics
from bearblog.domain.blogs import selectors as blogs
from bearblog.domain.blogs.models import Blog, FormerName
from bearblog.domain.posts import selectors as posts
from bearblog.domain.posts.models import Post, PostQuerySet
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
    "/subscribe/",
    "/confirm/none/",
    "/style/none.css",
)
DISCOVER_PAGES = ("/discover/", "/discover/?order=newest", "/discover/feed/")

IN_LIST = "post_list_of_blog (blog_id=? AND is_page=? AND status=? AND published_at<?)"
# What is asked most, and the index that has to answer it, by the columns that are looked up in it.
HOTTEST: dict[str, tuple[Callable[[Post], object], str]] = {
    "post by slug": (lambda post: posts.find_published(post.blog, post.slug), "(blog_id=? AND slug=?)"),
    "blog by name": (lambda post: blogs.find_blog_by_host("alice.bear.localhost"), "(subdomain=?)"),
    "blog by former name": (lambda post: blogs.find_blog_by_host("before.bear.localhost"), "(subdomain=?)"),
    "blog by domain": (lambda post: blogs.find_blog_by_host("example.org"), "(custom_domain=?)"),
    "list": (lambda post: list(listed(post)[:20]), IN_LIST),
    "page of a list": (lambda post: list(listed(post).window(20, 40)), IN_LIST),
    "list of a tag": (
        lambda post: list(posts.with_tags(listed(post), ["a"], ["b"]).window(0, 20)),
        "(post_id=? AND name=?)",
    ),
    "tags": (lambda post: posts.tag_counts(post.blog), IN_LIST),
    "years": (lambda post: posts.years(post.blog), IN_LIST),
    "post before": (lambda post: posts.previous_post(post), IN_LIST),
    "post after": (
        lambda post: posts.next_post(post),
        IN_LIST.replace("published_at<?", "published_at>? AND published_at<?"),
    ),
    "posts that came due": (
        lambda post: list(posts.blogs_with_due_posts(a_moment_ago())),
        "post_newest (published_at>? AND published_at<?)",
    ),
    "blogs that changed": (lambda post: list(blogs.sites(a_moment_ago())), "blog_changed (updated_at>?)"),
    "readers by day": (
        lambda post: analytics.numbers_by_day(post.blog, a_month(), "readers"),
        "(blog_id=? AND kind=? AND day>? AND day<?)",
    ),
    "most read pages": (
        lambda post: analytics.page_totals(post.blog, a_month()),
        "(blog_id=? AND kind=? AND day>? AND day<?)",
    ),
}
HOTTEST_PAGES = {
    "/feed/": IN_LIST,
    "/rss/": IN_LIST,
    "/sitemap.xml": "(blog_id=?)",
    "/search/?q=words": " VIRTUAL TABLE INDEX ",
}


def listed(post: Post) -> PostQuerySet:
    return posts.published_posts(post.blog).without_text()


def a_moment_ago() -> datetime:
    return timezone.now() - timedelta(minutes=1)


def a_month() -> analytics.Span:
    return analytics.span_of(30, date(2024, 6, 30))


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


def plans(ask: Callable[[], object]) -> list[tuple[str, list[str]]]:
    """Each question that is asked, and the steps by which it is answered."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    asked = [query["sql"] for query in queries.captured_queries if query["sql"].lstrip().startswith("SELECT")]
    return [(sql, list(steps_of(sql))) for sql in asked]


def steps_of(sql: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"), ())
        yield from (row[3] for row in cursor.fetchall())


def looking_at(client: Client, path: str) -> Callable[[], object]:
    agent = "Mozilla/5.0 (X11) Gecko/20100101 Firefox/140.0"
    return lambda: client.get(path, headers={"user-agent": agent})


def scans(steps: list[str]) -> list[str]:
    # What SQLite calls a scan of the search table goes by that table's own index.
    return [step for step in steps if step.startswith("SCAN") and " VIRTUAL TABLE INDEX " not in step]


@pytest.mark.parametrize("path", BLOG_PAGES)
def test_no_page_of_a_blog_reads_a_table_whole(reader: Client, post: Post, path: str) -> None:
    asked = plans(looking_at(reader, path))
    assert asked
    assert [(sql, steps) for sql, steps in asked if scans(steps)] == []


@pytest.mark.parametrize("path", DISCOVER_PAGES)
def test_discover_walks_along_an_index_until_the_page_is_full(main: Client, post: Post, path: str) -> None:
    for sql, steps in plans(looking_at(main, path)):
        along = [
            step
            for step in scans(steps)
            if "USING INDEX post_best" in step or "USING INDEX post_newest" in step
        ]
        assert scans(steps) == along, (sql, steps)
        assert not along or "LIMIT" in sql


@pytest.mark.parametrize(("ask", "index"), HOTTEST.values(), ids=HOTTEST)
def test_what_is_asked_most_is_looked_up_in_its_index(
    post: Post, ask: Callable[[Post], object], index: str
) -> None:
    asked = plans(lambda: ask(post))
    assert any(index in step for _, steps in asked for step in steps), asked
    assert [(sql, steps) for sql, steps in asked if scans(steps)] == []


@pytest.mark.parametrize(("path", "index"), HOTTEST_PAGES.items(), ids=HOTTEST_PAGES)
def test_the_pages_of_programs_are_looked_up_in_an_index(
    reader: Client, post: Post, path: str, index: str
) -> None:
    asked = plans(looking_at(reader, path))
    assert any(index in step for _, steps in asked for step in steps), asked


@pytest.mark.parametrize("name", ["list", "post before", "post after"])
def test_a_few_posts_are_found_without_sorting_all(post: Post, name: str) -> None:
    for _, steps in plans(lambda: HOTTEST[name][0](post)):
        assert "USE TEMP B-TREE FOR ORDER BY" not in steps

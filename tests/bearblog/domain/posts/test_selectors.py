"""Finding posts, and what readers can see of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts import selectors
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.selectors import TagCount, YearCount
from bearblog.domain.posts.services import create_post


def test_readers_see_published_posts_whose_date_has_come(blog: Blog) -> None:
    create_post(blog=blog, title="Draft", text="")
    create_post(blog=blog, title="Dated draft", text="", published_at="2020-01-01")
    create_post(blog=blog, title="Later", text="", status="published", published_at="2990-01-01")
    old = create_post(blog=blog, title="Old", text="", status="published", published_at="2020-01-01")
    new = create_post(blog=blog, title="New", text="", status="published")
    assert list(selectors.published_posts(blog)) == [new, old]
    assert selectors.find_published(blog, "old") == old
    for hidden in ("draft", "dated-draft", "later", "nothing"):
        assert selectors.find_published(blog, hidden) is None


def test_authors_see_all_their_posts_drafts_first(blog: Blog, bob: User) -> None:
    published = create_post(blog=blog, title="P", text="", status="published")
    draft = create_post(blog=blog, title="D", text="")
    create_post(blog=create_blog(owner=bob, title="T", subdomain="bob"), title="Other", text="")
    assert list(selectors.posts_of(blog)) == [draft, published]
    assert selectors.find_post(blog, draft.pk) == draft


def test_a_post_of_another_blog_is_not_found(blog: Blog, bob: User) -> None:
    post = create_post(blog=blog, title="P", text="", status="published")
    other = create_blog(owner=bob, title="T", subdomain="bob")
    assert selectors.find_post(other, post.pk) is None
    assert selectors.find_published(other, post.slug) is None


@pytest.mark.parametrize("spelling", ["über-uns", "U\u0308ber-uns", "ÜBER-UNS"])
def test_a_slug_is_found_in_every_spelling(blog: Blog, spelling: str) -> None:
    post = create_post(blog=blog, title="Über uns", text="", status="published")
    assert selectors.find_published(blog, spelling) == post


def dated(blog: Blog, title: str, date: str, tags: tuple[str, ...] = (), is_page: bool = False) -> Post:
    return create_post(
        blog=blog, title=title, text="", status="published", published_at=date, tags=tags, is_page=is_page
    )


def test_posts_and_pages_are_told_apart(blog: Blog) -> None:
    post, page = dated(blog, "Post", "2020-01-01"), dated(blog, "Page", "2021-01-01", is_page=True)
    assert list(selectors.published_posts(blog)) == [post]
    assert list(selectors.published(blog).pages()) == [page]
    assert list(selectors.published(blog)) == [page, post]
    assert selectors.find_published(blog, "page") == page


def test_posts_are_found_by_the_tags_they_have_and_have_not(blog: Blog) -> None:
    both = dated(blog, "Both", "2022-01-01", ("a", "b"))
    one, other = dated(blog, "One", "2021-01-01", ("a",)), dated(blog, "Other", "2020-01-01", ("A",))
    posts = selectors.published_posts(blog)
    assert list(selectors.with_tags(posts, ["a"])) == [both, one]
    assert list(selectors.with_tags(posts, ["a", "b", "a"])) == [both]
    assert list(selectors.with_tags(posts, ["a"], ["b"])) == [one]
    assert list(selectors.with_tags(posts, [], ["a"])) == [other]


def test_tags_are_counted_where_readers_can_see_them(blog: Blog) -> None:
    dated(blog, "One", "2020-01-01", ("b", "a"))
    dated(blog, "Two", "2020-01-01", ("b",))
    dated(blog, "Page", "2020-01-01", ("c",), is_page=True)
    dated(blog, "Later", "2990-01-01", ("d",))
    create_post(blog=blog, title="Draft", text="", tags=["e"])
    assert selectors.tag_counts(blog) == [TagCount("a", 1), TagCount("b", 2)]
    chosen = selectors.with_tags(selectors.published_posts(blog), ["a"])
    assert selectors.tag_counts(blog, chosen) == [TagCount("a", 1), TagCount("b", 1)]


def test_years_are_those_of_the_blogs_time_zone(blog: Blog) -> None:
    assert selectors.years(blog) == []
    last_night = dated(blog, "Night", "2021-12-31 23:30")
    dated(blog, "Old", "2019-06-01")
    assert selectors.years(blog) == [YearCount(2021, 1), YearCount(2019, 1)]
    blog.time_zone = "Europe/Berlin"
    assert selectors.years(blog) == [YearCount(2022, 1), YearCount(2019, 1)]
    assert list(selectors.posts_of_year(blog, 2022)) == [last_night]
    for year in (2021, 0, -5, 99_999):
        assert not selectors.posts_of_year(blog, year).exists()


def test_a_blog_of_many_years_counts_them_too(blog: Blog) -> None:
    dated(blog, "Old", "1850-06-01")
    dated(blog, "New", "2020-06-01")
    assert selectors.years(blog) == [YearCount(2020, 1), YearCount(1850, 1)]


def test_neighbours_are_the_posts_before_and_after(blog: Blog) -> None:
    first, page = dated(blog, "First", "2020-01-01"), dated(blog, "Page", "2020-01-02", is_page=True)
    twins = [dated(blog, name, "2020-01-03") for name in ("Twin", "Other twin")]
    last = dated(blog, "Last", "2020-01-04")
    dated(blog, "Later", "2990-01-01")
    order = [first, *twins, last]
    for place, post in enumerate(order):
        assert selectors.previous_post(post) == (order[place - 1] if place else None)
        assert selectors.next_post(post) == (order[place + 1] if place + 1 < len(order) else None)
    assert (selectors.previous_post(page), selectors.next_post(page)) == (first, twins[0])
    unsaved = Post(blog=blog, title="T")
    assert (selectors.previous_post(unsaved), selectors.next_post(unsaved)) == (last, None)


def test_the_questions_of_every_page_are_answered_from_an_index(blog: Blog) -> None:
    post = dated(blog, "One", "2020-01-01", ("a",))
    posts = selectors.published_posts(blog)
    with CaptureQueriesContext(connection) as queries:
        list(posts[:20])
        list(selectors.with_tags(posts, ["a"])[:20])
        selectors.tag_counts(blog)
        selectors.previous_post(post)
        selectors.next_post(post)
        selectors.find_published(blog, "one")
        selectors.find_alias(blog, "old")
    for query in queries.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
        assert not [step for step in plan if step.startswith("SCAN")], (query["sql"], plan)
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan or "posts_tag" in query["sql"], (query["sql"], plan)

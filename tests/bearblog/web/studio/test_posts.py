"""The lists of a blog's posts and pages: filtered, searched, in pages; and the page that deletes one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post, save_post

pytestmark = pytest.mark.django_db

LIST = "/studio/alice/posts/"


def many(blog: Blog, count: int) -> None:
    Post.objects.bulk_create(Post(blog=blog, title=f"Post {n}", slug=f"post-{n}") for n in range(count))


def test_drafts_dates_and_links_are_shown(studio: Client, blog: Blog) -> None:
    create_post(blog=blog, title="A draft", text="")
    create_post(blog=blog, title="Out", text="", status="published", published_at="2026-03-14 10:00")
    page = studio.get(LIST).content.decode()
    assert '<span class="badge">Draft</span>' in page
    assert "14 Mar 2026" in page
    assert 'href="https://alice.bear.localhost:8443/out/"' in page
    assert "a-draft/" not in page


def test_dates_are_in_the_zone_of_the_blog(studio: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Late", text="", status="published", published_at="2026-03-14 23:00")
    Blog.objects.update(time_zone="Asia/Tokyo")
    page = studio.get(LIST).content.decode()
    assert "15 Mar 2026" in page
    assert "Asia/Tokyo" in page


def test_a_post_that_waits_for_its_date_shows_it(studio: Client, blog: Blog) -> None:
    later = timezone.now() + timedelta(days=2)
    create_post(blog=blog, title="Soon", text="", status="published", published_at=later)
    page = studio.get(LIST).content.decode()
    assert f'<span class="badge">{later:%-d %b %Y, %H:%M}</span>' in page
    assert "https://alice.bear.localhost:8443/soon/" not in page


def test_pages_have_a_list_of_their_own(studio: Client, blog: Blog) -> None:
    create_post(blog=blog, title="About me", text="", is_page=True)
    assert "About me" not in studio.get(LIST).content.decode()
    assert "About me" in studio.get("/studio/alice/pages/").content.decode()


def test_an_empty_blog_invites_to_write(studio: Client, blog: Blog) -> None:
    assert "A blank page." in studio.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Draft of honey", "Out", "Later"}),
        ("?state=draft", {"Draft of honey"}),
        ("?state=published", {"Out"}),
        ("?state=scheduled", {"Later"}),
        ("?state=nonsense", {"Draft of honey", "Out", "Later"}),
        ("?tag=bees", {"Draft of honey", "Out"}),
        ("?q=honey", {"Draft of honey"}),
        ("?q=wax", {"Out"}),
        ("?q=wa", {"Out"}),
        ("?q=bees&state=published", {"Out"}),
        ("?q=nothing", set()),
    ],
)
def test_the_list_is_filtered_and_searched(
    studio: Client, blog: Blog, alice: User, query: str, shown: set[str]
) -> None:
    save_post(blog=blog, author=alice, header="title: Draft of honey\ntags: bees", text="")
    save_post(blog=blog, author=alice, header="title: Out\ntags: bees, x", text="Some wax.", publish=True)
    save_post(
        blog=blog, author=alice, header="title: Later\npublished_date: 2999-01-01", text="", publish=True
    )
    page = studio.get(LIST + query).content.decode()
    assert {title for title in ("Draft of honey", "Out", "Later") if f">{title}</a>" in page} == shown


def test_many_posts_come_in_pages_that_keep_the_filter(studio: Client, blog: Blog) -> None:
    many(blog, 101)
    page = studio.get(f"{LIST}?state=draft").content.decode()
    assert "Page 1 of 3" in page
    assert "?state=draft&amp;page=2" in page
    assert "Post 0<" in studio.get(f"{LIST}?page=3").content.decode()


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    studio: Client, blog: Blog, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(blog, 200)
    with django_assert_max_num_queries(8):
        studio.get(LIST)
    with django_assert_max_num_queries(8):
        studio.get(f"{LIST}?q=post&state=draft&page=2")


def test_a_writer_sees_their_own_posts_only(
    member: Callable[[str], Client], blog: Blog, alice: User, bob: User
) -> None:
    save_post(blog=blog, author=alice, header="title: Of Alice", text="")
    save_post(blog=blog, author=bob, header="title: Of Bob", text="")
    page = member("writer").get(LIST).content.decode()
    assert "Of Bob" in page
    assert "Of Alice" not in page


def test_a_post_is_deleted_after_a_question(studio: Client, blog: Blog) -> None:
    post = create_post(blog=blog, title="Honey", text="")
    address = f"{LIST}{post.pk}/delete/"
    assert "Delete “Honey”?" in studio.get(address).content.decode()
    assert Post.objects.exists()
    assert studio.post(address).headers["Location"] == LIST
    assert not Post.objects.exists()
    assert studio.post(address).status_code == 404

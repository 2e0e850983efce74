"""The list of a blog's posts, and the page that deletes one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post

pytestmark = pytest.mark.django_db


def test_drafts_dates_and_links_are_shown(studio: Client, blog: Blog) -> None:
    create_post(blog=blog, title="A draft", text="")
    create_post(blog=blog, title="Out", text="", status="published", published_at="2026-03-14 10:00")
    page = studio.get("/studio/alice/").content.decode()
    assert '<span class="badge">Draft</span>' in page
    assert "14 Mar 2026" in page
    assert 'href="https://alice.bear.localhost:8443/out/"' in page
    assert "a-draft/" not in page


def test_a_post_that_waits_for_its_date_shows_it(studio: Client, blog: Blog) -> None:
    later = timezone.now() + timedelta(days=2)
    create_post(blog=blog, title="Soon", text="", status="published", published_at=later)
    page = studio.get("/studio/alice/").content.decode()
    assert f'<span class="badge">{later:%-d %b %Y, %H:%M}</span>' in page
    assert "https://alice.bear.localhost:8443/soon/" not in page


def test_an_empty_blog_invites_to_write(studio: Client, blog: Blog) -> None:
    assert "A blank page." in studio.get("/studio/alice/").content.decode()


def test_many_posts_come_in_pages(studio: Client, blog: Blog) -> None:
    Post.objects.bulk_create(Post(blog=blog, title=f"Post {n}", slug=f"post-{n}") for n in range(101))
    assert "Page 1 of 2" in studio.get("/studio/alice/").content.decode()
    assert "Post 0<" in studio.get("/studio/alice/?page=2").content.decode()


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    studio: Client, blog: Blog, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Post.objects.bulk_create(Post(blog=blog, title=f"Post {n}", slug=f"post-{n}") for n in range(80))
    with django_assert_max_num_queries(6):
        studio.get("/studio/alice/")


def test_a_post_is_deleted_after_a_question(studio: Client, blog: Blog) -> None:
    post = create_post(blog=blog, title="Honey", text="")
    address = f"/studio/alice/posts/{post.pk}/delete/"
    assert "Delete “Honey”?" in studio.get(address).content.decode()
    assert Post.objects.exists()
    assert studio.post(address).headers["Location"] == "/studio/alice/"
    assert not Post.objects.exists()
    assert studio.post(address).status_code == 404

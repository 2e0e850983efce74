"""A blog's front page."""

from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import update_blog
from bearblog.domain.posts.services import create_post


def test_the_front_page_shows_text_navigation_and_latest_posts(reader: Client, blog: Blog) -> None:
    update_blog(blog=blog, title="T", home_text="I am *here*.", nav_text="[About](/about/)", language="en")
    create_post(blog=blog, title="First", text="", status="published", published_at="2026-01-02")
    page = reader.get("/").content.decode()
    assert "<p>I am <em>here</em>.</p>" in page
    assert '<nav><p><a href="/about/">About</a></p>' in page
    assert '<meta name="description" content="I am here.">' in page
    assert '<time datetime="2026-01-02T00:00:00+00:00">2 Jan 2026</time> <a href="/first/">First</a>' in page


def test_an_empty_blog_says_so(reader: Client) -> None:
    assert "No posts yet" in reader.get("/").content.decode()


def test_drafts_and_posts_to_come_are_not_shown(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Secret", text="")
    create_post(blog=blog, title="Later", text="", status="published", published_at="2990-01-01")
    page = reader.get("/").content.decode()
    assert "Secret" not in page
    assert "Later" not in page


def test_the_eleventh_post_is_behind_a_link(reader: Client, blog: Blog) -> None:
    for number in range(10):
        create_post(blog=blog, title=f"P{number}", text="", status="published")
    assert "All posts" not in reader.get("/").content.decode()
    create_post(blog=blog, title="P10", text="", status="published")
    page = reader.get("/").content.decode()
    assert page.count("<li>") == 10
    assert '<a href="/blog/">All posts</a>' in page

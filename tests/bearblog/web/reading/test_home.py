"""A blog's front page."""

from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post


def test_the_front_page_shows_text_and_navigation(reader: Client, blog: Blog) -> None:
    Blog.objects.update(home_text="I am *here*.", nav_text="[About](/about/)", footer_text="Bye *now*.")
    create_post(blog=blog, title="First", text="", status="published")
    page = reader.get("/").content.decode()
    assert "<p>I am <em>here</em>.</p>" in page
    assert '<nav><p><a href="/about/">About</a></p>' in page
    assert '<div id="footer-directive"><p>Bye <em>now</em>.</p>' in page
    assert '<meta name="description" content="I am here.">' in page
    assert '<a class="title" href="/"><h1>Alice&#x27;s notes</h1></a>' in page
    assert '<body class="home">' in page
    assert "First" not in page


def test_the_front_page_may_list_posts_in_its_text(reader: Client, blog: Blog) -> None:
    Blog.objects.update(home_text="Hello.\n\n{{ posts }}")
    create_post(blog=blog, title="First", text="", status="published", published_at="2026-01-02")
    page = reader.get("/").content.decode()
    assert '<ul class="embedded blog-posts">' in page
    assert '<a href="/first/">First</a>' in page


def test_without_a_text_the_front_page_is_the_list(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="First", text="", status="published", published_at="2026-01-02")
    page = reader.get("/").content.decode()
    assert '<ul class="blog-posts">' in page
    assert '<a href="/first/">First</a>' in page


def test_an_empty_blog_says_so(reader: Client) -> None:
    assert "No posts yet" in reader.get("/").content.decode()


def test_drafts_and_posts_to_come_are_not_shown(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Secret", text="")
    create_post(blog=blog, title="Later", text="", status="published", published_at="2990-01-01")
    page = reader.get("/").content.decode()
    assert "Secret" not in page
    assert "Later" not in page


def test_the_twenty_first_post_is_behind_a_link(reader: Client, blog: Blog) -> None:
    for number in range(20):
        create_post(blog=blog, title=f"P{number}", text="", status="published")
    assert "Older posts" not in reader.get("/").content.decode()
    create_post(blog=blog, title="P20", text="", status="published")
    page = reader.get("/").content.decode()
    assert page.count("<li ") == 20
    assert '<a href="/blog/?page=2" rel="next">Older posts</a>' in page

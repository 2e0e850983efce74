"""The list of all posts."""

from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post


def test_all_posts_are_listed_newest_first(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Old", text="", status="published", published_at="2020-01-02")
    create_post(blog=blog, title="New", text="", status="published", published_at="2026-01-02")
    create_post(blog=blog, title="Secret", text="")
    page = reader.get("/blog/").content.decode()
    assert page.index("New") < page.index("Old")
    assert "Secret" not in page


def test_an_empty_list_says_so(reader: Client) -> None:
    assert "No posts yet" in reader.get("/blog/").content.decode()

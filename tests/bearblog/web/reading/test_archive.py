"""The posts by year."""

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post


def test_the_years_lead_to_their_posts(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Old", text="", status="published", published_at="2020-05-01")
    create_post(blog=blog, title="New", text="", status="published", published_at="2026-05-01")
    page = reader.get("/archive/").content.decode()
    assert page.index('<a href="/archive/2026/">2026</a>') < page.index('<a href="/archive/2020/">2020</a>')
    page = reader.get("/archive/2020/").content.decode()
    assert ">Old</a>" in page
    assert ">New</a>" not in page


def test_a_year_is_a_year_where_the_blog_is(reader: Client, blog: Blog) -> None:
    Blog.objects.update(time_zone="Asia/Tokyo")
    blog.refresh_from_db()
    create_post(blog=blog, title="One", text="", status="published", published_at="2020-01-01 03:00")
    assert ">One</a>" in reader.get("/archive/2020/").content.decode()
    assert reader.get("/archive/2019/").status_code == 404


def test_an_archive_without_posts_says_so(reader: Client) -> None:
    assert "No posts yet" in reader.get("/archive/").content.decode()


@pytest.mark.parametrize("year", ["2019", "0000", "12", "20200", "٢٠٢٠", "2020/1"])
def test_a_year_without_posts_is_missing(reader: Client, year: str) -> None:
    assert reader.get(f"/archive/{year}/").status_code == 404

"""What all pages of a blog have in common."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import update_blog
from bearblog.domain.posts.services import create_post

PAGES = ["/", "/blog/", "/first/", "/feed/", "/rss/", "/sitemap.xml", "/robots.txt"]


@pytest.fixture(autouse=True)
def _first_post(blog: Blog) -> None:
    create_post(blog=blog, title="First", text="Some words.", status="published")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_checked_anew_and_loads_nothing_foreign(reader: Client, path: str) -> None:
    response = reader.get(path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert not response.cookies
    assert "Vary" not in response.headers


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_not_sent_twice(reader: Client, path: str) -> None:
    tag = reader.get(path).headers["ETag"]
    again = reader.get(path, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_head_and_refuses_post(reader: Client, path: str) -> None:
    assert reader.head(path).status_code == 200
    assert reader.post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_few_queries(
    reader: Client, blog: Blog, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        create_post(blog=blog, title=f"Post {number}", text="Words", status="published")
    with django_assert_max_num_queries(3):
        reader.get(path)


@pytest.mark.parametrize("path", ["/", "/blog/", "/first/", "/nothing/"])
def test_a_page_has_no_script_no_token_and_names_its_feeds(reader: Client, path: str) -> None:
    page = reader.get(path).content.decode()
    assert "<script" not in page
    assert "csrf" not in page
    assert "style=" not in page
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Alice&#x27;s notes" href="/feed/">' in page
    )
    assert '<link rel="alternate" type="application/rss+xml" title="Alice&#x27;s notes" href="/rss/">' in page
    assert len(re.findall("<h1", page)) == 1


@pytest.mark.parametrize("path", ["/", "/blog/", "/first/"])
def test_a_page_names_its_one_address(reader: Client, path: str) -> None:
    page = reader.get(path).content.decode()
    assert f'<link rel="canonical" href="https://alice.bear.localhost:8443{path}">' in page


def test_a_page_says_its_language(reader: Client, blog: Blog) -> None:
    for language, attributes, month in [
        ("de", '<html lang="de">', "M\u00e4rz"),
        ("ar", '<html lang="ar" dir="rtl">', "2026"),
        ("tlh", '<html lang="tlh">', "March"),
    ]:
        update_blog(blog=blog, title="T", home_text="", nav_text="", language=language)
        create_post(blog=blog, title=language, text="", status="published", published_at="2026-03-01")
        page = reader.get(f"/{language}/").content.decode()
        assert attributes in page
        assert month in page


def test_what_authors_type_as_titles_is_text(reader: Client, blog: Blog) -> None:
    update_blog(blog=blog, title='<b>T</b> & "Q"', home_text="", nav_text="", language="en")
    create_post(blog=blog, title="<script>alert(1)</script>", text="", status="published")
    for path in ("/", "/blog/", "/script-alert-1-script/", "/feed/", "/rss/"):
        page = reader.get(path).content.decode()
        assert "<script" not in page
        assert "<b>T" not in page


def test_an_address_without_its_last_slash_leads_to_the_page(reader: Client) -> None:
    response = reader.get("/first")
    assert (response.status_code, response.headers["Location"]) == (301, "/first/")

"""The list of all posts: its pages, its filters, and where it stands."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post


def publish(blog: Blog, title: str, *tags: str, date: str = "2026-01-02") -> None:
    create_post(blog=blog, title=title, text="", status="published", published_at=date, tags=tags)


def titles(client: Client, path: str) -> list[str]:
    page = client.get(path)
    assert page.status_code == 200
    return re.findall(r'<a href="/[^"]*/">([^<]*)</a>\s*</li>', page.content.decode())


def test_all_posts_are_listed_newest_first_and_pages_are_not(reader: Client, blog: Blog) -> None:
    publish(blog, "Old", date="2020-01-02")
    publish(blog, "New")
    create_post(blog=blog, title="Secret", text="")
    create_post(blog=blog, title="About", text="", status="published", is_page=True)
    assert titles(reader, "/blog/") == ["New", "Old"]


def test_an_entry_is_built_as_style_sheets_expect(reader: Client, blog: Blog) -> None:
    publish(blog, "One *day*", "rain", "tent")
    page = " ".join(reader.get("/blog/").content.decode().split())
    assert (
        '<ul class="blog-posts"> <li data-tags="rain,tent"> <span><i>'
        '<time datetime="2026-01-02T00:00:00+00:00">Jan. 2, 2026</time></i></span> '
        '<a href="/one-day/">One <em>day</em></a> </li> </ul>'
    ) in page
    assert '<body class="blog">' in page


def test_an_empty_list_says_so(reader: Client) -> None:
    assert "No posts yet" in reader.get("/blog/").content.decode()


def test_the_path_of_the_list_is_the_authors_and_its_title(reader: Client, blog: Blog) -> None:
    Blog.objects.update(blog_path="field-notes")
    for path in ("/field-notes/", "/blog/"):
        page = reader.get(path).content.decode()
        assert "<h1>Field notes</h1>" in page
        assert 'rel="canonical" href="https://alice.bear.localhost:8443/field-notes/"' in page


def test_a_post_of_that_name_hides_the_list(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Mine", slug="blog", text="", status="published")
    assert "<h1>Mine</h1>" in reader.get("/blog/").content.decode()


def test_tags_narrow_the_list(reader: Client, blog: Blog) -> None:
    publish(blog, "Both", "rain", "tent")
    publish(blog, "Rain", "rain")
    publish(blog, "Rainy", "rainy")
    assert titles(reader, "/blog/?q=rain") == ["Rain", "Both"]
    assert titles(reader, "/blog/?q=rain,+tent") == ["Both"]
    assert titles(reader, "/blog/?q=rain,-tent") == ["Rain"]
    assert titles(reader, "/blog/?q=-rain") == ["Rainy"]
    assert titles(reader, "/blog/?q=Rain") == []
    assert titles(reader, "/blog/?q=,-,+") == ["Rainy", "Rain", "Both"]


def test_a_filter_takes_no_more_tags_than_a_list_can_be_narrowed_by(reader: Client, blog: Blog) -> None:
    publish(blog, "Rain", *(f"t{n}" for n in range(10)))
    crowd = ",".join(f"t{n}" for n in range(900))
    assert titles(reader, f"/blog/?q={crowd}") == ["Rain"]
    assert titles(reader, f"/blog/?q=-t1,{crowd}") == []


def test_a_filter_shows_the_way_back_and_what_is_left(reader: Client, blog: Blog) -> None:
    publish(blog, "One", "a", "b", "c", "d")
    publish(blog, "Two", "z")
    page = reader.get("/blog/?q=a,b,-z").content.decode()
    for query in ("?q=b%2C-z", "?q=a%2C-z", "?q=a%2Cb"):
        assert f'href="/blog/{query}"' in page
    assert '<p class="tags">' not in page
    page = reader.get("/blog/?q=a").content.decode()
    assert 'href="/blog/?q=a%2Cb" rel="nofollow">#b</a>' in page
    assert 'href="/blog/"' in page
    assert "#z<" not in page


def test_a_filtered_list_is_not_for_search_engines(reader: Client, blog: Blog) -> None:
    page = reader.get("/blog/?q=a").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page


def test_twenty_posts_make_a_page(reader: Client, blog: Blog) -> None:
    for number in range(41):
        publish(blog, f"P{number}", "t")
    assert titles(reader, "/blog/") == [f"P{number}" for number in range(40, 20, -1)]
    assert titles(reader, "/blog/?page=3") == ["P0"]
    second = reader.get("/blog/?page=2").content.decode()
    assert '<link rel="canonical" href="https://alice.bear.localhost:8443/blog/?page=2">' in second
    assert '<link rel="prev" href="/blog/">' in second
    assert '<link rel="next" href="/blog/?page=3">' in second
    assert '<a href="/blog/" rel="prev">' in second
    assert '<a href="/blog/?page=3" rel="next">' in second
    filtered = reader.get("/blog/?q=t&page=2").content.decode()
    assert '<a href="/blog/?q=t&amp;page=3" rel="next">' in filtered


@pytest.mark.parametrize("page", ["0", "-1", "3", "x", "9" * 30])
def test_a_page_that_there_is_not_is_missing(reader: Client, page: str) -> None:
    assert reader.get(f"/blog/?page={page}").status_code == 404


def test_a_list_takes_few_queries(
    reader: Client, blog: Blog, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        publish(blog, f"P{number}", "a", f"t{number}")
    for path in ("/blog/", "/blog/?q=a,-t3", "/tags/a/", "/archive/2026/", "/archive/", "/tags/"):
        with django_assert_max_num_queries(6):
            reader.get(path)

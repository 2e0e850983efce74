"""The search among the posts of a blog."""

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post


def test_a_search_shows_where_the_word_stands(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Weather", text="The rain <b>talked</b> all night.", status="published")
    create_post(blog=blog, title="Secret", text="Also rain.")
    response = reader.get("/search/?q=rain")
    page = response.content.decode()
    assert '<a href="/weather/">Weather</a>' in page
    assert "<mark>rain</mark>" in page
    assert "Secret" not in page
    assert 'value="rain"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_search_for_nothing_shows_the_form(reader: Client) -> None:
    page = reader.get("/search/").content.decode()
    assert '<input type="search" name="q"' in page
    assert "search-results" not in page


@pytest.mark.parametrize(
    "query", ['"', "*", "a OR (", "NEAR(", "'; DROP", "<script>", "%00", "-", "x" * 5000]
)
def test_a_search_takes_whatever_is_typed(reader: Client, query: str) -> None:
    response = reader.get("/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_twenty_results_make_a_page(reader: Client, blog: Blog) -> None:
    for number in range(21):
        create_post(blog=blog, title=f"P{number}", text="rain", status="published")
    page = reader.get("/search/?q=rain").content.decode()
    assert page.count("<li>") == 20
    assert '<a href="/search/?q=rain&amp;page=2" rel="next">' in page
    assert reader.get("/search/?q=rain&page=2").content.decode().count("<li>") == 1
    for missing in ("0", "3", "x", "-1"):
        assert reader.get(f"/search/?q=rain&page={missing}").status_code == 404


def test_a_post_of_that_name_wins(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Mine", slug="search", text="", status="published")
    assert "<h1>Mine</h1>" in reader.get("/search/").content.decode()

"""Which of several things answers at a path."""

from urllib.parse import quote

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post, update_post


def test_a_slug_may_have_parts(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", slug="trips/2026/one", text="", status="published")
    assert "<h1>One</h1>" in reader.get("/trips/2026/one/").content.decode()
    assert reader.get("/trips/2026/").status_code == 404
    assert reader.get("/trips/2026/one").headers["Location"] == "/trips/2026/one/"


def test_another_spelling_leads_to_the_one_address(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Über", text="", status="published")
    response = reader.get("/" + quote("U\u0308BER") + "/?utm=1")
    assert (response.status_code, response.headers["Location"]) == (301, "/%C3%BCber/?utm=1")


@pytest.mark.parametrize("alias", ["old", "2019/05/old", "old.html", "2019/old.php", "ALT"])
def test_an_old_address_leads_to_the_post_for_good(reader: Client, blog: Blog, alias: str) -> None:
    create_post(blog=blog, title="One", text="", status="published", alias=alias)
    path = f"/{alias}" if "." in alias else f"/{alias}/"
    response = reader.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, "/one/")


def test_a_renamed_post_answers_at_its_old_address(reader: Client, blog: Blog) -> None:
    post = create_post(blog=blog, title="One", text="", status="published")
    update_post(post=post, title="One", slug="two", text="", status="published")
    response = reader.get("/one/")
    assert (response.status_code, response.headers["Location"]) == (301, "/two/")


def test_an_old_address_gives_no_draft_away(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", alias="old")
    assert reader.get("/old/").status_code == 404


def test_a_post_goes_before_an_old_address(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", status="published", alias="two")
    create_post(blog=blog, title="Two", text="", status="published", slug="three")
    assert reader.get("/three/").status_code == 200
    assert reader.get("/two/").headers["Location"] == "/one/"


@pytest.mark.parametrize("alias", ["blog.xml", "posts/atom", "news-rss", "index.rdf"])
def test_the_authors_own_feed_goes_before_all(reader: Client, blog: Blog, alias: str) -> None:
    Blog.objects.update(feed_alias=alias)
    path = f"/{alias}" if "." in alias else f"/{alias}/"
    response = reader.get(path)
    assert response.status_code == 200
    kind = "rss" if "rss" in alias else "atom"
    assert response.headers["Content-Type"] == f"application/{kind}+xml; charset=utf-8"


@pytest.mark.parametrize("path", ["/studio/", "/staff/", "/account/login/", "/discover/", "/wp-admin/"])
def test_the_main_sites_paths_mean_nothing_here(reader: Client, blog: Blog, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_a_blog_may_have_pages_of_those_names(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Discover", text="# Mine", status="published", is_page=True)
    assert "Mine</h1>" in reader.get("/discover/").content.decode()


def test_a_script_of_another_system_is_not_looked_for(reader: Client) -> None:
    assert reader.get("/wp-login.php").status_code == 404
    assert reader.post("/xmlrpc.php").status_code == 405

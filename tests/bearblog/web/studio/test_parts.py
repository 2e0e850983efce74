"""The blog's own texts: home page, navigation, footer, template."""

from collections.abc import Callable

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog

pytestmark = pytest.mark.django_db

HOME = "/studio/alice/"


def test_the_home_page_and_its_header_are_saved(studio: Client, blog: Blog) -> None:
    form = {"header": "title: Bees & more\nfavicon: 🐝", "text": "# Welcome"}
    response = studio.post(HOME, form)
    blog.refresh_from_db()
    assert response.headers["Location"] == HOME
    assert (blog.title, blog.favicon, blog.home_text) == ("Bees & more", "🐝", "# Welcome")
    page = studio.get(HOME).content.decode()
    assert "The home page is saved." in page
    assert "title: Bees &amp; more\nfavicon: 🐝</textarea>" in page


def test_a_line_of_the_home_header_that_cannot_be_read_costs_nothing(studio: Client, blog: Blog) -> None:
    form = {"header": "title: Bees\nfavicon: true\ntags: x", "text": "Kept words"}
    response = studio.post(HOME, form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Line 2: “true” is neither an emoji" in page
    assert "Line 3:" in page
    assert "Kept words</textarea>" in page
    blog.refresh_from_db()
    assert blog.title == "Alice's notes"


@pytest.mark.parametrize(("part", "field"), [("nav", "nav_text"), ("footer", "footer_text")])
def test_navigation_and_footer_are_saved(studio: Client, blog: Blog, part: str, field: str) -> None:
    studio.post(f"/studio/alice/{part}/", {"text": "[Home](/) *here*"})
    blog.refresh_from_db()
    assert getattr(blog, field) == "[Home](/) *here*"


def test_a_template_needs_its_line(studio: Client, blog: Blog) -> None:
    address = "/studio/alice/template/"
    assert "three underscores" in studio.get(address).content.decode()
    response = studio.post(address, {"text": "title: x\n__\nText"})
    assert response.status_code == 422
    assert "title: x\n__\nText</textarea>" in response.content.decode()
    studio.post(address, {"text": "title: x\n___\nText"})
    blog.refresh_from_db()
    assert blog.post_template == "title: x\n___\nText"


def test_a_writer_is_led_to_the_posts(member: Callable[[str], Client], blog: Blog, bob: User) -> None:
    writer = member("writer")
    assert writer.get(HOME).headers["Location"] == "/studio/alice/posts/"
    writer.post(HOME, {"header": "title: Mine", "text": "x"})
    blog.refresh_from_db()
    assert (blog.title, blog.home_text) == ("Alice's notes", "")
    page = writer.get("/studio/alice/posts/").content.decode()
    assert "Settings" not in page
    assert "Pages" not in page


def test_the_present_page_is_marked_in_the_navigation(studio: Client, blog: Blog) -> None:
    for address, words in ((HOME, "Home"), ("/studio/alice/posts/", "Posts"), ("/studio/alice/nav/", "Nav")):
        assert f'aria-current="page">{words}</a>' in studio.get(address).content.decode()

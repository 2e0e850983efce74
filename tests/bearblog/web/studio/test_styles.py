"""The page where a blog gets its looks."""

import re
from html import unescape

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import styling, themes
from bearblog.domain.blogs.models import Blog

pytestmark = pytest.mark.django_db

PAGE = "/studio/alice/styles/"
APPLY = "/studio/alice/styles/theme/"
MINE = "body { color: teal }"
REMOTE = "a { color: red }\nb { background: url(https://example.org/x.png) }"


def test_ten_themes_are_shown_as_pictures_without_their_css(studio: Client, blog: Blog) -> None:
    page = unescape(studio.get(PAGE).content.decode())
    assert page.count('class="theme-picture"') == 10
    assert all(theme.name in page and theme.description in page for theme in themes.THEMES)
    assert "<style" not in page
    assert " style=" not in page
    assert "<script" not in page


def test_css_is_saved_as_it_was_typed(studio: Client, blog: Blog) -> None:
    answer = studio.post(PAGE, {"css": MINE}, follow=True)
    assert "readers see it" in answer.content.decode()
    blog.refresh_from_db()
    assert blog.css == MINE
    version = blog.version
    studio.post(PAGE, {"css": f"{MINE} "})
    blog.refresh_from_db()
    assert blog.version > version


def test_what_readers_do_not_get_is_said_with_its_line(studio: Client, blog: Blog) -> None:
    page = studio.post(PAGE, {"css": REMOTE}, follow=True).content.decode()
    assert "Line 2: This loads something from another host" in page
    blog.refresh_from_db()
    assert blog.css == REMOTE


def test_styles_from_other_hosts_can_be_allowed_and_forbidden_again(studio: Client, blog: Blog) -> None:
    page = studio.post(PAGE, {"css": REMOTE, "allows_remote": "on"}, follow=True).content.decode()
    assert "Line 2" not in page
    blog.refresh_from_db()
    assert blog.allows_remote_styles
    studio.post(PAGE, {"css": REMOTE})
    blog.refresh_from_db()
    assert not blog.allows_remote_styles


def test_too_much_css_is_refused_and_still_there(studio: Client, blog: Blog) -> None:
    answer = studio.post(PAGE, {"css": "a{}" * 70_000})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "at most 200,000" in page
    assert "a{}a{}a{}" in page
    blog.refresh_from_db()
    assert blog.css == ""


def test_a_theme_is_applied_by_one_click_and_undone_by_another(studio: Client, blog: Blog) -> None:
    studio.post(PAGE, {"css": MINE})
    answer = studio.post(APPLY, {"theme": "terminal"}, follow=True)
    page = answer.content.decode()
    assert "“Terminal” is the look of your blog now." in page
    blog.refresh_from_db()
    assert blog.theme == "terminal"
    kept = re.search(r'name="revision" value="(\d+)"', page)
    assert kept is not None
    studio.post("/studio/alice/styles/revisions/", {"revision": kept[1]})
    blog.refresh_from_db()
    assert blog.css == MINE


def test_the_look_that_the_blog_has_is_marked(studio: Client, blog: Blog, alice: User) -> None:
    styling.apply_theme(blog=blog, theme="still", by=alice)
    assert "Still <span" in studio.get(PAGE).content.decode()
    studio.post(PAGE, {"css": f"{blog.css} a {{}}"})
    assert "Your look, changed" in studio.get(PAGE).content.decode()


def test_an_unknown_theme_changes_nothing(studio: Client, blog: Blog) -> None:
    page = studio.post(APPLY, {"theme": "bauhaus"}, follow=True).content.decode()
    assert "There is no theme" in page
    blog.refresh_from_db()
    assert (blog.css, blog.theme) == ("", "")


def test_a_made_up_revision_offers_no_undo(studio: Client, blog: Blog) -> None:
    for wanted in ("9" * 30, "-1", "x", "999999"):
        assert "Undo" not in studio.get(PAGE, {"replaced": wanted}).content.decode()


def test_a_css_that_would_end_the_text_box_stays_in_it(studio: Client, blog: Blog) -> None:
    page = studio.post(PAGE, {"css": "</textarea><script>alert(1)</script>"}, follow=True).content.decode()
    assert "<script>alert" not in page


def test_only_the_owner_enters(main: Client, blog: Blog, bob: User) -> None:
    main.force_login(bob)
    assert main.get(PAGE).status_code == 404
    assert main.post(APPLY, {"theme": "novel"}).status_code == 404
    blog.refresh_from_db()
    assert blog.css == ""


def test_a_theme_is_not_applied_by_following_a_link(studio: Client, blog: Blog) -> None:
    assert studio.get(APPLY).status_code == 405

"""A blog's settings, and its end."""

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.services import create_post

pytestmark = pytest.mark.django_db

ADDRESS = "/studio/alice/settings/"
FORM = {"subdomain": "alice", "language": "de", "time_zone": "Europe/Berlin", "has_share_links": "on"}
ADVANCED = {
    "collects_analytics": "on",
    "date_format": "d M, Y",
    "blog_path": "notes",
    "feed_alias": "",
    "meta_tag": '<meta name="verify" content="me">',
    "robots_text": "",
}


def test_settings_are_saved(studio: Client, blog: Blog) -> None:
    assert studio.post(ADDRESS, FORM).headers["Location"] == ADDRESS
    blog.refresh_from_db()
    assert (blog.language, blog.time_zone) == ("de", "Europe/Berlin")
    assert (blog.has_likes, blog.has_share_links) == (False, True)
    page = studio.get(ADDRESS).content.decode()
    assert 'value="Europe/Berlin"' in page
    assert "<title>Settings" in page


def test_a_blog_moves_to_another_name_and_keeps_the_old(studio: Client, blog: Blog) -> None:
    response = studio.post(ADDRESS, {**FORM, "subdomain": "Bees"})
    assert response.headers["Location"] == "/studio/bees/settings/"
    assert "alice.bear.localhost" in studio.get("/studio/bees/settings/").content.decode()


def test_a_form_that_was_open_under_the_old_name_still_works(studio: Client, blog: Blog) -> None:
    studio.post(ADDRESS, {**FORM, "subdomain": "bees"})
    assert studio.post(ADDRESS, {**FORM, "subdomain": "bees", "language": "fr"}).status_code == 302
    blog.refresh_from_db()
    assert (blog.subdomain, blog.language) == ("bees", "fr")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("subdomain", "taken", "The name “taken” is taken."),
        ("subdomain", "", "Give the blog a name"),
        ("subdomain", "_", "is made of letters"),
        ("language", "German", "is not a language code"),
        ("time_zone", "Berlin", "is not a time zone"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_saves_nothing(
    studio: Client, blog: Blog, bob: User, field: str, typed: str, sentence: str
) -> None:
    create_blog(owner=bob, title="Bob's", subdomain="taken")
    response = studio.post(ADDRESS, {**FORM, field: typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page.split(f'id="id_{field}_error"')[1]
    assert f'value="{typed}"' in page or not typed
    blog.refresh_from_db()
    assert (blog.subdomain, blog.language, blog.time_zone) == ("alice", "en", "UTC")


def test_advanced_settings_are_saved(studio: Client, blog: Blog) -> None:
    address = f"{ADDRESS}advanced/"
    assert studio.post(address, ADVANCED).headers["Location"] == address
    blog.refresh_from_db()
    assert (blog.blog_path, blog.date_format, blog.collects_analytics) == ("notes", "d M, Y", True)
    assert "verify" in studio.get(address).content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("blog_path", "honey", "One of your posts"),
        ("feed_alias", "honey", "One of your posts"),
        ("meta_tag", "<meta http-equiv=refresh content=0>", "lead readers away"),
    ],
)
def test_a_refused_advanced_setting_is_given_back(
    studio: Client, blog: Blog, field: str, typed: str, sentence: str
) -> None:
    create_post(blog=blog, title="Honey", text="")
    response = studio.post(f"{ADDRESS}advanced/", {**ADVANCED, field: typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page.split(f'id="id_{field}_error"')[1]


def test_the_head_is_saved_and_what_cannot_stand_is_named(studio: Client, blog: Blog) -> None:
    address = "/studio/alice/directives/"
    assert studio.post(address, {"head_html": '<link rel="me" href="/me/">'}).status_code == 302
    blog.refresh_from_db()
    assert blog.head_html == '<link rel="me" href="/me/">'
    response = studio.post(address, {"head_html": "<script>alert(1)</script>"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "&lt;script&gt; cannot stand here" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in page


def test_a_blog_is_deleted_when_its_name_is_typed(studio: Client, blog: Blog) -> None:
    response = studio.post(f"{ADDRESS}delete/", {"name": " alice "})
    assert response.headers["Location"] == "/studio/"
    assert not Blog.objects.exists()


@pytest.mark.parametrize("typed", ["", "Alice", "alice.bear.localhost"])
def test_another_name_deletes_nothing(studio: Client, blog: Blog, typed: str) -> None:
    response = studio.post(f"{ADDRESS}delete/", {"name": typed})
    assert response.status_code == 422
    assert "Nothing was deleted." in response.content.decode()
    assert Blog.objects.exists()

"""A blog's settings, and its end."""

import pytest
from django.test import Client
from pytest_django import Settings

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog

pytestmark = pytest.mark.django_db

ADDRESS = "/studio/alice/settings/"
FORM = {
    "title": "Alice & bees",
    "home_text": "Welcome.\n\nSit down.",
    "nav_text": "[Home](/)",
    "language": "de",
    "subdomain": "alice",
    "custom_domain": "",
}


def test_settings_are_saved(studio: Client, blog: Blog) -> None:
    assert studio.post(ADDRESS, FORM).headers["Location"] == ADDRESS
    blog.refresh_from_db()
    assert (blog.title, blog.home_text, blog.language) == ("Alice & bees", "Welcome.\n\nSit down.", "de")
    assert blog.custom_domain is None


def test_a_blog_moves_to_another_name_and_a_domain(studio: Client, blog: Blog) -> None:
    response = studio.post(ADDRESS, {**FORM, "subdomain": "bees", "custom_domain": "https://Bees.example/"})
    assert response.headers["Location"] == "/studio/bees/settings/"
    blog.refresh_from_db()
    assert (blog.subdomain, blog.custom_domain) == ("bees", "bees.example")
    page = studio.get("/studio/bees/settings/").content.decode()
    assert "https://bees.example:8443/" in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", " ", "Give the blog a title."),
        ("subdomain", "taken", "The name “taken” is taken."),
        ("subdomain", "", "Give the blog a name"),
        ("custom_domain", "not a domain", "is not a domain name"),
        ("custom_domain", "x.bear.localhost", "belongs to this site"),
        ("language", "German", "is not a language code"),
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
    assert "Welcome.\n\nSit down.</textarea>" in page
    blog.refresh_from_db()
    assert (blog.title, blog.home_text) == ("Alice's notes", "")


def test_a_lost_session_keeps_the_home_page(studio: Client, blog: Blog) -> None:
    studio.cookies.clear()
    page = studio.post(ADDRESS, FORM).content.decode()
    assert "You are signed out" in page
    assert "Welcome.\n\nSit down.</textarea>" in page


def test_the_addresses_for_a_domain_are_named(studio: Client, blog: Blog, settings: Settings) -> None:
    settings.PUBLIC_IPV4, settings.PUBLIC_IPV6 = "192.0.2.7", "2001:db8::7"
    page = studio.get(ADDRESS).content.decode()
    assert "192.0.2.7" in page
    assert "2001:db8::7" in page


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

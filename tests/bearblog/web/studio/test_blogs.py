"""The page of a person's blogs, and the form that makes another."""

from collections.abc import Callable

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog

pytestmark = pytest.mark.django_db


def test_a_writer_creates_a_blog(studio: Client) -> None:
    response = studio.post("/studio/", {"title": "Notes from the cave", "subdomain": "Cave "})
    assert response.headers["Location"] == "/studio/cave/posts/"
    assert Blog.objects.get().title == "Notes from the cave"
    page = studio.get("/studio/").content.decode()
    assert "https://cave.bear.localhost:8443/" in page


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("alice", "The name “alice” is taken."),
        ("www", "is kept back for the site itself"),
        ("", "Give the blog a name"),
        ("ältere höhle", "digits and hyphens"),
    ],
)
def test_a_name_that_cannot_be_had_is_said_beside_it(
    studio: Client, blog: Blog, name: str, sentence: str
) -> None:
    response = studio.post("/studio/", {"title": "Cave & more", "subdomain": name})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page.split('id="id_subdomain_error"')[1]
    assert 'value="Cave &amp; more"' in page
    assert Blog.objects.count() == 1


def test_a_control_character_in_a_title_costs_nothing_else(studio: Client) -> None:
    studio.post("/studio/", {"title": "Ca\x00ve", "subdomain": "cave"})
    assert Blog.objects.get().title == "Cave"


def test_who_may_not_write_is_told_whom_to_ask(signed_in: Callable[[User], Client], charlie: User) -> None:
    client = signed_in(charlie)
    assert "ask whoever runs this site" in client.get("/studio/").content.decode()
    assert client.post("/studio/", {"title": "Cave", "subdomain": "cave"}).status_code == 422
    assert not Blog.objects.exists()


def test_only_ones_own_blogs_are_listed(signed_in: Callable[[User], Client], bob: User, blog: Blog) -> None:
    assert "Alice&#x27;s notes" not in signed_in(bob).get("/studio/").content.decode()


def test_blogs_of_others_are_listed_with_what_one_may_do_there(
    member: Callable[[str], Client], blog: Blog
) -> None:
    page = member("writer").get("/studio/").content.decode()
    assert "Alice&#x27;s notes" in page
    assert "You are a writer" in page
    assert "/studio/alice/posts/new/" in page
    assert "/studio/alice/settings/" not in page


def test_the_account_is_within_reach(studio: Client) -> None:
    page = studio.get("/studio/").content.decode()
    for address in ("/account/email/", "/account/password/change/", "/studio/account/delete/"):
        assert f'href="{address}"' in page

"""The end of an account, from its page."""

from collections.abc import Callable

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "/studio/account/delete/"


@pytest.fixture
def bobs_studio(bob: User, signed_in: Callable[[User], Client]) -> Client:
    create_blog(owner=bob, title="Bob's words", subdomain="bob")
    return signed_in(bob)


def test_an_account_goes_with_its_blogs(bobs_studio: Client, bob: User) -> None:
    assert "Bob&#x27;s words" in bobs_studio.get(ADDRESS).content.decode()
    response = bobs_studio.post(ADDRESS, {"email": "bob@example.org", "password": PASSWORD}, follow=True)
    assert "Your account is deleted" in response.content.decode()
    assert not User.objects.filter(pk=bob.pk).exists()
    assert not Blog.objects.exists()
    assert bobs_studio.get(ADDRESS).headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [("bob@example.org", "a wrong guess", "not your password"), ("", PASSWORD, "Type bob@example.org")],
)
def test_a_slip_deletes_nothing_and_shows_no_password(
    bobs_studio: Client, bob: User, email: str, password: str, words: str
) -> None:
    response = bobs_studio.post(ADDRESS, {"email": email, "password": password})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert password not in page
    assert User.objects.filter(pk=bob.pk).exists()


def test_a_stolen_session_cannot_guess_for_long(bobs_studio: Client, bob: User) -> None:
    for _ in range(10):
        bobs_studio.post(ADDRESS, {"email": "bob@example.org", "password": "wrong"})
    response = bobs_studio.post(ADDRESS, {"email": "bob@example.org", "password": PASSWORD})
    assert "A little slower" in response.content.decode()
    assert User.objects.filter(pk=bob.pk).exists()


def test_the_last_who_runs_the_site_stays(studio: Client, alice: User) -> None:
    response = studio.post(ADDRESS, {"email": "alice@example.org", "password": PASSWORD})
    assert "the only one who runs this site" in response.content.decode()
    assert User.objects.filter(pk=alice.pk).exists()

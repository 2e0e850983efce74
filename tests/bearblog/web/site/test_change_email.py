"""Another address for an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import Settings

from bearblog.domain.accounts.models import User
from bearblog.engines.outbox.models import Letter
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "/account/email/"


@pytest.fixture
def bobs(main: Client, bob: User) -> Client:
    """Bob's browser, after he has shown once more who he is."""
    main.force_login(bob)
    main.post("/account/reauthenticate/", {"password": PASSWORD})
    return main


def change(client: Client, email: str) -> str:
    return client.post(ADDRESS, {"email": email, "action_add": ""}, follow=True).content.decode()


def test_a_new_address_counts_once_it_is_confirmed(bobs: Client, bob: User) -> None:
    assert "A letter is on its way to <strong>robert@example.org" in change(bobs, "Robert@example.org")
    bob.refresh_from_db()
    assert bob.email == "bob@example.org"
    letter = Letter.objects.get(recipient="robert@example.org")
    [path] = re.findall(r"https://[^/]+(/account/confirm-email/\S+)", letter.text)
    assert bobs.post(path).status_code == 302
    bob.refresh_from_db()
    assert bob.email == "robert@example.org"
    assert [address.email for address in EmailAddress.objects.filter(user=bob)] == ["robert@example.org"]
    page = bobs.get(ADDRESS).content.decode()
    assert "You sign in as <strong>robert@example.org" in page


def test_a_session_alone_changes_no_address(main: Client, bob: User) -> None:
    main.force_login(bob)
    page = change(main, "robert@example.org")
    assert "type your password once more" in page
    assert 'name="next" value="/account/email/"' in page
    assert not Letter.objects.exists()


def test_a_change_is_called_off(bobs: Client, bob: User) -> None:
    change(bobs, "robert@example.org")
    page = bobs.post(ADDRESS, {"email": "robert@example.org", "action_remove": ""}, follow=True)
    assert "A letter is on its way" not in page.content.decode()


def test_a_change_of_mind_before_the_letter_is_answered(bobs: Client, bob: User) -> None:
    change(bobs, "robert@example.org")
    change(bobs, "rob@example.org")
    assert {address.email for address in EmailAddress.objects.filter(user=bob)} == {
        "bob@example.org",
        "rob@example.org",
    }
    bobs.post(ADDRESS, {"email": "bob@example.org", "action_remove": ""})
    bob.refresh_from_db()
    assert bob.email == "bob@example.org"


@pytest.mark.parametrize("email", ["robert", "", "bob@example.org"])
def test_an_address_that_cannot_be_is_refused(bobs: Client, bob: User, email: str) -> None:
    change(bobs, email)
    bob.refresh_from_db()
    assert bob.email == "bob@example.org"
    assert not Letter.objects.exists()


def test_somebody_elses_address_cannot_be_taken(bobs: Client, alice: User, bob: User) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    change(bobs, "alice@example.org")
    for letter in Letter.objects.all():
        for path in re.findall(r"https://[^/]+(/account/confirm-email/\S+)", letter.text):
            bobs.post(path)
    bob.refresh_from_db()
    assert bob.email == "bob@example.org"


def test_a_sign_up_demands_a_real_address_and_a_real_password(main: Client, settings: Settings) -> None:
    settings.SIGNUP = "open"
    form = {"email": "a plain word", "password1": "secret"}
    page = main.post("/account/signup/", form).content.decode()
    assert not User.objects.exists()
    assert 'value="secret"' not in page
    assert page.count('class="error"') >= 2

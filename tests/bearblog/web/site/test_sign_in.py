"""Signing in and out, and a new password by letter."""

import pytest
from django.test import Client
from pytest_django import Settings

from bearblog.domain.accounts.models import User
from bearblog.engines.outbox.models import Letter
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

RIGHT = {"login": "Alice@Example.org", "password": PASSWORD}


def link_in(letter: Letter) -> str:
    return next(word for word in letter.text.split() if word.startswith("https://"))


def test_signing_in_leads_to_the_studio_for_ninety_days(main: Client, alice: User) -> None:
    response = main.post("/account/login/", RIGHT)
    assert response.headers["Location"] == "/studio/"
    cookie = response.cookies["__Host-session"]
    assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["httponly"]) == (True, "/", "", True)
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 90 * 24 * 3600


def test_signing_in_leads_back_to_where_one_was_going(main: Client, alice: User) -> None:
    response = main.post("/account/login/", RIGHT | {"next": "/studio/alice/settings/"})
    assert response.headers["Location"] == "/studio/alice/settings/"


def test_signing_in_leads_to_no_other_site(main: Client, alice: User) -> None:
    response = main.post("/account/login/", RIGHT | {"next": "https://evil.example/"})
    assert response.headers["Location"] == "/studio/"


def test_a_wrong_password_is_refused_without_saying_who_exists(main: Client, alice: User) -> None:
    wrong = main.post("/account/login/", RIGHT | {"password": "not this one"}).content.decode()
    nobody = main.post("/account/login/", RIGHT | {"login": "nobody@example.org"}).content.decode()
    for page in (wrong, nobody):
        assert "The address or the password is not right." in page


def test_signing_out(studio: Client) -> None:
    assert studio.get("/account/logout/").status_code == 200
    assert studio.post("/account/logout/").headers["Location"] == "/"
    assert studio.get("/studio/").status_code == 302


def test_a_new_password_comes_by_letter(main: Client, alice: User) -> None:
    main.post("/account/password/reset/", {"email": "alice@example.org"})
    letter = Letter.objects.get()
    assert letter.recipient == "alice@example.org"
    link = link_in(letter)
    assert link.startswith("https://bear.localhost:8443/account/password/reset/key/")
    page = main.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    response = main.post(form, {"password1": "another pass phrase", "password2": "another pass phrase"})
    assert response.headers["Location"] == "/studio/"
    alice.refresh_from_db()
    assert alice.check_password("another pass phrase")
    main.post("/account/logout/")
    assert "This link no longer works" in main.get(link, follow=True).content.decode()


def test_a_made_up_host_or_port_does_not_reach_the_letter(main: Client, alice: User) -> None:
    headers = {"host": "bear.localhost:666", "x-forwarded-host": "evil.example"}
    main.post("/account/password/reset/", {"email": "alice@example.org"}, headers=headers)
    letter = Letter.objects.get()
    assert link_in(letter).startswith("https://bear.localhost:8443/")
    assert "666" not in letter.text
    assert "evil" not in letter.text + letter.subject + letter.sender


def test_another_host_gets_no_letter_at_all(main: Client, alice: User) -> None:
    form = {"email": "alice@example.org"}
    response = main.post("/account/password/reset/", form, headers={"host": "evil.example"})
    assert response.status_code == 404
    assert not Letter.objects.exists()


def test_no_letter_goes_to_an_address_without_an_account(main: Client) -> None:
    response = main.post("/account/password/reset/", {"email": "stranger@example.org"})
    assert response.headers["Location"] == "/account/password/reset/done/"
    assert not Letter.objects.exists()


def test_tries_are_counted_by_the_address_that_caddy_saw(main: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip"}
    wrong = {"login": "nobody@example.org", "password": "not this one"}
    for number in range(3):
        headers = {"x-real-ip": "192.0.2.1", "x-forwarded-for": f"198.51.100.{number}"}
        page = main.post("/account/login/", wrong, headers=headers).content.decode()
    assert "Too many tries" in page
    page = main.post("/account/login/", wrong, headers={"x-real-ip": "192.0.2.2"}).content.decode()
    assert "Too many tries" not in page


def test_a_client_without_an_address_is_refused(main: Client) -> None:
    assert main.get("/account/login/", REMOTE_ADDR="").status_code == 200
    response = main.post("/account/login/", {"login": "x@example.org", "password": "x"}, REMOTE_ADDR="")
    assert response.status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "email/",
        "password/change/",
        "confirm-email/",
        "confirm-email/unknown/",
        "inactive/",
        "password/reset/done/",
        "password/reset/key/done/",
        "reauthenticate/",
    ],
)
def test_every_account_page_is_ours(studio: Client, path: str) -> None:
    page = studio.get(f"/account/{path}", follow=True).content.decode()
    assert 'class="brand"' in page

"""Who may sign up, by the box's setting, at every entry."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import Settings

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import hash_token, may_write
from bearblog.domain.accounts.services import invite
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.engines.outbox.models import Letter

pytestmark = pytest.mark.django_db

DORA = {"email": "dora@example.org", "password1": "a pass phrase of dora"}


def test_with_open_sign_up_a_stranger_becomes_a_writer(main: Client, settings: Settings) -> None:
    settings.SIGNUP = "open"
    response = main.post("/account/signup/", DORA)
    assert response.headers["Location"] == "/studio/"
    assert may_write(User.objects.get(email="dora@example.org"))
    letter = Letter.objects.get()
    assert letter.recipient == "dora@example.org"
    assert "https://bear.localhost:8443/account/confirm-email/" in letter.text


def test_the_letter_confirms_the_address(main: Client, settings: Settings) -> None:
    settings.SIGNUP = "open"
    main.post("/account/signup/", DORA)
    link = next(word for word in Letter.objects.get().text.split() if word.startswith("https://"))
    path = link.removeprefix("https://bear.localhost:8443")
    assert "Is <strong>dora@example.org</strong> your address?" in main.get(path).content.decode()
    main.post(path)
    assert EmailAddress.objects.get().verified


def test_by_invitation_a_stranger_is_turned_away_from_page_and_form(main: Client) -> None:
    assert "by invitation" in main.get("/account/signup/").content.decode()
    assert "by invitation" in main.post("/account/signup/", DORA).content.decode()
    assert not User.objects.exists()


def test_by_invitation_the_invited_becomes_a_writer(main: Client) -> None:
    invitation, token = invite(email="dora@example.org", invited_by=None)
    assert main.get(f"/invitation/{token}/").headers["Location"] == "/account/signup/"
    assert 'value="dora@example.org"' in main.get("/account/signup/").content.decode()
    assert main.post("/account/signup/", DORA).headers["Location"] == "/studio/"
    user = User.objects.get()
    assert may_write(user)
    invitation.refresh_from_db()
    assert invitation.accepted_by == user
    assert EmailAddress.objects.get().verified
    assert not Letter.objects.exists()


def test_an_invitation_lets_one_person_in(main: Client, at_main: Client) -> None:
    _, token = invite(email="dora@example.org", invited_by=None)
    for client in (main, at_main):
        client.get(f"/invitation/{token}/")
    main.post("/account/signup/", DORA)
    at_main.post("/account/signup/", DORA | {"email": "eve@example.org"})
    assert [user.email for user in User.objects.all()] == ["dora@example.org"]


def test_when_closed_not_even_the_invited_come_in(main: Client, settings: Settings) -> None:
    _, token = invite(email="dora@example.org", invited_by=None)
    main.get(f"/invitation/{token}/")
    settings.SIGNUP = "closed"
    assert main.get(f"/invitation/{token}/").status_code == 410
    main.post("/account/signup/", DORA)
    assert not User.objects.exists()


def test_an_invitation_that_is_used_or_unknown_says_so(main: Client) -> None:
    response = main.get("/invitation/unknown/")
    assert response.status_code == 410
    assert "no longer open" in response.content.decode()


def test_somebody_signed_in_is_told_that_the_invitation_is_not_for_them(studio: Client) -> None:
    _, token = invite(email="dora@example.org", invited_by=None)
    assert "signed in as alice@example.org" in studio.get(f"/invitation/{token}/").content.decode()


def test_a_weak_password_is_refused(main: Client, settings: Settings) -> None:
    settings.SIGNUP = "open"
    page = main.post("/account/signup/", DORA | {"password1": "honey"}).content.decode()
    assert "too short" in page
    assert not User.objects.exists()


def test_where_staff_approve_a_stranger_waits_and_has_no_blog(main: Client, settings: Settings) -> None:
    settings.SIGNUP = "approval"
    assert "a person looks at your request" in main.get("/account/signup/").content.decode()
    assert main.post("/account/signup/", DORA).headers["Location"] == "/studio/"
    user = User.objects.get()
    assert user.asked_to_write_at is not None
    assert not may_write(user)
    assert "Your request is with the people" in main.get("/studio/").content.decode()
    main.post("/studio/", {"title": "Mine", "subdomain": "mine"})
    assert not Blog.objects.exists()
    assert Letter.objects.get().recipient == "dora@example.org"


def test_where_staff_approve_the_invited_need_not_wait(main: Client, settings: Settings) -> None:
    settings.SIGNUP = "approval"
    _, token = invite(email="dora@example.org", invited_by=None)
    main.get(f"/invitation/{token}/")
    main.post("/account/signup/", DORA)
    assert may_write(User.objects.get())


@pytest.mark.parametrize("mode", ["invite", "closed"])
def test_an_invitation_to_write_with_somebody_is_no_way_around(
    main: Client, blog: Blog, settings: Settings, mode: str
) -> None:
    settings.SIGNUP = mode
    Membership.objects.create(blog=blog, email="dora@example.org", role="writer", token_hash=hash_token("t"))
    page = main.get("/studio/invitation/t/").content.decode()
    assert "/account/signup/" not in page
    main.post("/account/signup/?next=/studio/invitation/t/", DORA)
    assert not User.objects.filter(email="dora@example.org").exists()


@pytest.mark.parametrize("mode", ["open", "approval", "invite", "closed"])
def test_there_is_no_other_door(main: Client, db: None, settings: Settings, mode: str) -> None:
    settings.SIGNUP = mode
    for path in (
        "/account/login/",
        "/account/password/reset/",
        "/account/login/code/",
        "/account/3rdparty/signup/",
    ):
        main.post(path, DORA | {"login": DORA["email"], "password": DORA["password1"]})
    assert not User.objects.exists()


def test_a_closed_door_says_so(main: Client, db: None, settings: Settings) -> None:
    settings.SIGNUP = "closed"
    assert "Sign-up is closed" in main.get("/account/signup/").content.decode()


def test_one_household_signs_up_so_often_only(settings: Settings, db: None) -> None:
    settings.SIGNUP = "open"
    statuses = []
    for number in range(22):
        browser = Client(
            headers={"host": "bear.localhost", "x-forwarded-proto": "https"},
            HTTP_X_REAL_IP=f"2001:db8::{number + 1}",
        )
        statuses.append(
            browser.post("/account/signup/", DORA | {"email": f"dora{number}@example.org"}).status_code
        )
    assert 429 in statuses
    assert User.objects.count() == 20


@pytest.fixture
def at_main() -> Client:
    """A second browser."""
    return Client(headers={"host": "bear.localhost", "x-forwarded-proto": "https"})

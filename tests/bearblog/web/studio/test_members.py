"""Inviting people to a blog, and all that follows."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.engines.outbox.models import Letter
from bearblog.web.studio.views import members

pytestmark = pytest.mark.django_db

ADDRESS = "/studio/alice/settings/people/"
SignedIn = Callable[[User], Client]


def invite(studio: Client, email: str = "bob@example.org", role: str = "writer") -> str:
    page = studio.post(ADDRESS, {"email": email, "role": role}).content.decode()
    [link] = re.findall(r'<a href="https://bear\.localhost:8443(/studio/invitation/[^"]+)">', page)
    return str(link)


def test_the_invited_get_a_letter_and_come_in(
    studio: Client, blog: Blog, bob: User, signed_in: SignedIn
) -> None:
    link = invite(studio)
    letter = Letter.objects.get()
    assert letter.recipient == "bob@example.org"
    assert link in letter.text
    client = signed_in(bob)
    assert "Accept the invitation" in client.get(link).content.decode()
    assert client.post(link).headers["Location"].startswith("/studio/alice/")
    assert client.get("/studio/alice/posts/").status_code == 200
    assert client.get(ADDRESS).status_code == 404
    assert client.get(link).status_code == 410


def test_an_invitation_is_not_for_others(
    studio: Client, blog: Blog, charlie: User, signed_in: SignedIn
) -> None:
    link, client = invite(studio), signed_in(charlie)
    assert "You are signed in as charlie@example.org" in client.get(link).content.decode()
    assert client.post(link).status_code == 422
    assert not Membership.objects.filter(user=charlie).exists()


@pytest.mark.parametrize(("mode", "is_open"), [("open", True), ("invite", False), ("closed", False)])
def test_strangers_sign_up_only_where_the_site_lets_them(
    studio: Client, main: Client, blog: Blog, settings: Settings, mode: str, is_open: bool
) -> None:
    settings.SIGNUP = mode
    link = invite(studio, "new@example.org")
    page = main.get(link).content.decode()
    assert ("/account/signup/?next=" in page) is is_open
    assert "/account/login/?next=" in page
    assert main.post(link).status_code == 200
    assert not Membership.objects.filter(accepted_at__isnull=False).exists()


def test_the_new_person_signs_up_and_accepts(
    studio: Client, main: Client, blog: Blog, settings: Settings
) -> None:
    settings.SIGNUP = "open"
    link = invite(studio, "new@example.org")
    form = {"email": "new@example.org", "password1": "an honest pass phrase", "next": link}
    assert main.post("/account/signup/", form).headers["Location"] == link
    assert main.post(link).status_code == 302


@pytest.mark.parametrize(
    ("email", "role", "words"),
    [("bob", "writer", "is not an e-mail address"), ("alice@example.org", "editor", "owns this blog")],
)
def test_a_refused_invitation_is_said_beside_its_field(
    studio: Client, blog: Blog, email: str, role: str, words: str
) -> None:
    response = studio.post(ADDRESS, {"email": email, "role": role})
    assert response.status_code == 422
    assert words in response.content.decode().split('id="id_email_error"')[1]
    assert not Letter.objects.exists()


def test_nobody_sends_letters_without_end(
    studio: Client, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "LETTERS_A_DAY", 1)
    invite(studio)
    response = studio.post(ADDRESS, {"email": "charlie@example.org", "role": "writer"})
    assert "1 invitations a day" in response.content.decode()
    assert Membership.objects.count() == Letter.objects.count() == 1


def test_roles_are_changed_and_places_taken_away(
    studio: Client, blog: Blog, bob: User, signed_in: SignedIn
) -> None:
    signed_in(bob).post(invite(studio))
    place = Membership.objects.get()
    address = f"{ADDRESS}{place.pk}/"
    studio.post(address, {"role": "editor"})
    place.refresh_from_db()
    assert place.role == "editor"
    assert "Choose what" in studio.post(address, {"role": "owner"}, follow=True).content.decode()
    studio.post(address, {"do": "remove"})
    assert not Membership.objects.exists()
    assert studio.post(address, {"do": "remove"}).status_code == 404


def test_a_member_leaves(studio: Client, blog: Blog, bob: User, signed_in: SignedIn) -> None:
    client = signed_in(bob)
    client.post(invite(studio))
    assert "alice/leave/" in client.get("/studio/").content.decode()
    assert client.get("/studio/alice/leave/").status_code == 200
    assert client.post("/studio/alice/leave/").headers["Location"] == "/studio/"
    assert client.get("/studio/alice/posts/").status_code == 404
    assert studio.get("/studio/alice/leave/").status_code == 404


def test_a_blog_is_handed_over(studio: Client, blog: Blog, bob: User, signed_in: SignedIn) -> None:
    address = "/studio/alice/settings/hand-over/"
    assert "Invite them first" in studio.get(address).content.decode()
    signed_in(bob).post(invite(studio))
    choice = {"membership": str(Membership.objects.get().pk)}
    response = studio.post(address, {**choice, "name": "bees"})
    assert "Nothing was changed." in response.content.decode()
    assert studio.post(address, {"membership": "0", "name": "alice"}).status_code == 422
    assert studio.post(address, {**choice, "name": "alice"}).status_code == 302
    blog.refresh_from_db()
    assert blog.owner == bob
    assert studio.get(address).status_code == 404

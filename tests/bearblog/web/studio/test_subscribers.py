"""The list of those who asked for letters."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.newsletter import services
from bearblog.domain.newsletter.models import Subscriber
from bearblog.engines.outbox.models import Letter

pytestmark = pytest.mark.django_db
PAGE = "/studio/alice/subscribers/"


def test_an_empty_list_says_how_readers_subscribe(studio: Client, blog: Blog) -> None:
    page = studio.get(PAGE).content.decode()
    assert "<strong>0</strong> subscribers" in page
    assert "{{ email-signup }}" in page


def test_people_who_agreed_are_added_at_once(studio: Client, blog: Blog) -> None:
    typed = "Dora <Dora@Example.org>, emil@example.org\nfay+x@example.museum;"
    studio.post(PAGE, {"emails": typed, "have_agreed": "on"})
    assert Subscriber.objects.all().confirmed().count() == 3
    assert not Letter.objects.exists()
    page = studio.get(PAGE).content.decode()
    assert "<strong>3</strong> subscribers" in page
    assert "fay+x@example.museum" in page


def test_others_are_asked_by_letter(studio: Client, blog: Blog) -> None:
    studio.post(PAGE, {"emails": "dora@example.org"})
    assert Letter.objects.get().recipient == "dora@example.org"
    assert "1 who has not said yes yet" in studio.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nonsense", "“nonsense” is not an e-mail address"),
        ("", "Give at least one"),
        ("a@b.org x", "“x” is not"),
    ],
)
def test_what_is_no_list_is_kept_with_the_reason(
    studio: Client, blog: Blog, typed: str, sentence: str
) -> None:
    response = studio.post(PAGE, {"emails": typed, "have_agreed": "on"})
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert f"{typed}</textarea>" in page
    assert not Subscriber.objects.exists()


def test_letters_to_strangers_are_bounded(
    studio: Client, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "LETTERS_A_PASTE", 2)
    response = studio.post(PAGE, {"emails": "a@example.org b@example.org c@example.org"})
    assert "3 letters would go out" in response.content.decode()
    assert not Letter.objects.exists()
    assert not Subscriber.objects.exists()


def test_the_list_can_be_searched_and_has_pages(studio: Client, blog: Blog) -> None:
    emails = [f"reader{number}@example.org" for number in range(60)]
    services.add_subscribers(blog=blog, emails=emails, have_agreed=True)
    page = studio.get(PAGE).content.decode()
    assert "Page 1 of 2" in page
    found = studio.get(f"{PAGE}?q=Reader59").content.decode()
    assert "reader59@example.org" in found
    assert "reader58@example.org" not in found
    assert "No address has “nobody” in it" in studio.get(f"{PAGE}?q=nobody").content.decode()


def test_the_ticked_are_removed(studio: Client, blog: Blog) -> None:
    services.add_subscribers(blog=blog, emails=["a@example.org", "b@example.org"], have_agreed=True)
    gone = Subscriber.objects.get(email="a@example.org")
    studio.post(f"{PAGE}remove/", {"subscriber": [gone.pk, "x"]})
    assert Subscriber.objects.get().email == "b@example.org"
    assert "Nobody was removed" in studio.post(f"{PAGE}remove/", follow=True).content.decode()
    assert studio.get(f"{PAGE}remove/").status_code == 405


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "x"])
def test_a_number_that_can_be_nobodys_removes_nobody(studio: Client, blog: Blog, number: str) -> None:
    page = studio.post("/studio/alice/subscribers/remove/", {"subscriber": number}, follow=True)
    assert "Nobody was removed" in page.text


def test_files_hold_the_list_and_no_formula(studio: Client, blog: Blog) -> None:
    services.add_subscribers(blog=blog, emails=["+a@example.org", "b@example.org"], have_agreed=True)
    services.add_subscribers(blog=blog, emails=["asked@example.org"], have_agreed=False)
    table = studio.get(f"{PAGE}file/").content.decode()
    assert table.splitlines()[0] == "email,subscribed_at,confirmed_at"
    assert "\n'+a@example.org," in table
    assert "asked@example.org" in table
    assert studio.get(f"{PAGE}file/?format=txt").content.decode() == "+a@example.org\nb@example.org\n"


@pytest.mark.parametrize("path", ["", "file/", "remove/"])
def test_the_list_is_the_owners_alone(
    blog: Blog, bob: User, charlie: User, signed_in: Callable[[User], Client], path: str
) -> None:
    Membership.objects.create(
        blog=blog, email=bob.email, user=bob, role="editor", token_hash="x", accepted_at=timezone.now()
    )
    for person in (bob, charlie):
        client = signed_in(person)
        assert client.post(f"{PAGE}{path}").status_code in (404, 405)
        assert client.get(f"{PAGE}{path}").status_code in (404, 405)

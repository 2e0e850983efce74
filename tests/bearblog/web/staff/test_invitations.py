"""Inviting somebody from the desk."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from bearblog.domain.accounts.models import Invitation, User
from bearblog.domain.moderation.models import AuditEntry
from bearblog.engines.outbox.models import Letter

pytestmark = pytest.mark.django_db


def test_an_invitation_is_written_and_its_link_shown_once(studio: Client, main: Client) -> None:
    page = studio.post("/staff/invitations/", {"email": "Dora@example.org"}).content.decode()
    found = re.search(r'href="(https://bear.localhost:8443/invitation/[^"]+)"', page)
    assert found
    letter = Letter.objects.get()
    assert letter.recipient == "dora@example.org"
    assert found[1] in letter.text
    assert "alice@example.org invites you" in letter.text
    assert main.get(found[1]).headers["Location"] == "/account/signup/"
    again = studio.get("/staff/invitations/").content.decode()
    assert "dora@example.org" in again
    assert found[1] not in again
    assert AuditEntry.objects.get().target == "person dora@example.org"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("nonsense", "is not an e-mail address"), ("alice@example.org", "has an account on this site already")],
)
def test_an_address_that_cannot_be_invited_is_kept_with_the_reason(
    studio: Client, typed: str, sentence: str
) -> None:
    response = studio.post("/staff/invitations/", {"email": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert f'value="{typed}"' in page
    assert not Letter.objects.exists()
    assert not Invitation.objects.exists()


def test_where_sign_up_is_closed_the_page_says_so(studio: Client, settings: Settings) -> None:
    settings.SIGNUP = "closed"
    assert "Sign-up is closed" in studio.get("/staff/invitations/").content.decode()


def test_an_invitation_without_an_inviter_is_from_the_operator(studio: Client, alice: User) -> None:
    studio.post("/staff/invitations/", {"email": "dora@example.org"})
    Invitation.objects.update(invited_by=None)
    assert "the operator" in studio.get("/staff/invitations/").content.decode()

"""The outbox at the desk."""

import pytest
from django.test import Client

from bearblog.domain.moderation.models import AuditEntry
from bearblog.engines.outbox.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> Letter:
    return Letter.objects.create(
        sender="a@example.org",
        recipient="dora@example.org",
        subject="Hello <b>Dora</b>",
        text="Open https://bear.localhost:8443/x/ <script>",
        html="<script>alert(1)</script>",
    )


def test_letters_are_listed_with_their_state(studio: Client, letter: Letter) -> None:
    page = studio.get("/staff/letters/").content.decode()
    assert "dora@example.org" in page
    assert "waiting" in page
    assert "no mail provider" in page


def test_a_letter_can_be_read_as_text(studio: Client, letter: Letter) -> None:
    page = studio.get(f"/staff/letters/{letter.pk}/").content.decode()
    assert 'href="https://bear.localhost:8443/x/"' in page
    assert "Hello &lt;b&gt;Dora&lt;/b&gt;" in page
    assert "<script" not in page


def test_an_unsure_letter_can_be_sent_again(studio: Client, letter: Letter) -> None:
    Letter.objects.update(status=Letter.Status.UNSURE)
    assert "Send it again" in studio.get(f"/staff/letters/{letter.pk}/").content.decode()
    studio.post(f"/staff/letters/{letter.pk}/")
    letter.refresh_from_db()
    assert letter.status == Letter.Status.QUEUED
    assert AuditEntry.objects.get().target == "letter to dora@example.org"


def test_a_sent_letter_stays_sent(studio: Client, letter: Letter) -> None:
    Letter.objects.update(status=Letter.Status.SENT)
    assert "Send it again" not in studio.get(f"/staff/letters/{letter.pk}/").content.decode()
    page = studio.post(f"/staff/letters/{letter.pk}/", follow=True).content.decode()
    assert "Only a letter that failed" in page
    letter.refresh_from_db()
    assert letter.status == Letter.Status.SENT


def test_a_letter_that_is_not_there(studio: Client) -> None:
    assert studio.get("/staff/letters/4/").status_code == 404

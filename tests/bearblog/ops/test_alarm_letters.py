"""An alarm goes through the outbox while there is one, and past it when there is none."""

import smtplib
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from bearblog.engines.alarms.errors import NotSent
from bearblog.engines.outbox.models import Letter
from bearblog.ops import alarm_letters

pytestmark = pytest.mark.django_db
MEMORY = "django.core.mail.backends.locmem.EmailBackend"
OWNER = "owner@example.org"
TEXT = "Broken since noon: caddy\nIt has failed."


class Refusing(BaseEmailBackend):
    """A provider that says no."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise smtplib.SMTPDataError(550, b"a secret of the provider")


class Failing(BaseEmailBackend):
    """A provider whose program has a fault."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "LETTER_BACKEND", MEMORY)


def use(monkeypatch: pytest.MonkeyPatch, backend: type[BaseEmailBackend]) -> None:
    monkeypatch.setattr(settings, "LETTER_BACKEND", f"{__name__}.{backend.__name__}")


def test_a_letter_is_sent_and_kept_in_the_outbox() -> None:
    alarm_letters.send(OWNER, "Broken: caddy", TEXT)
    [sent] = mail.outbox
    assert (sent.subject, sent.to) == ("bear.localhost: Broken: caddy", [OWNER])
    assert sent.body == f"https://bear.localhost:8443/\n\n{TEXT}\n"
    assert Letter.objects.get().status == Letter.Status.SENT


def test_what_the_provider_refuses_is_left_to_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Refusing)
    alarm_letters.send(OWNER, "Broken", TEXT)
    assert Letter.objects.get().status == Letter.Status.FAILED


def test_a_fault_while_sending_is_not_told_twice(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    use(monkeypatch, Failing)
    alarm_letters.send(OWNER, "Broken", TEXT)
    assert Letter.objects.get().status == Letter.Status.UNSURE
    assert "Sending an alarm from the outbox failed" in caplog.text


def test_without_the_table_it_goes_to_the_provider() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE outbox_letter RENAME TO gone")
    alarm_letters.send(OWNER, "Broken", TEXT)
    assert [sent.to for sent in mail.outbox] == [[OWNER]]


def test_a_refusal_without_an_outbox_is_said_without_the_providers_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, Refusing)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE outbox_letter RENAME TO gone")
    with pytest.raises(NotSent, match=r"did not take the letter \(SMTPDataError\)"):
        alarm_letters.send(OWNER, "Broken", TEXT)


def test_a_database_that_is_gone_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(tmp_path / "gone.sqlite3"))
    alarm_letters.send(OWNER, "Broken", TEXT)
    assert len(mail.outbox) == 1
    assert not (tmp_path / "gone.sqlite3").exists()
    assert not Letter.objects.exists()


def test_a_replaced_box_sends_nothing_of_its_outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    (tmp_path / "superseded.json").write_text("{}")
    alarm_letters.send(OWNER, "Broken", TEXT)
    assert len(mail.outbox) == 1
    assert not Letter.objects.exists()

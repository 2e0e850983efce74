"""What becomes of letters: sent, failed, tried again, or unsure."""

import smtplib
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from bearblog.engines.outbox.errors import OutboxError
from bearblog.engines.outbox.models import Letter
from bearblog.engines.outbox.services import (
    PAUSES,
    deliver,
    deliver_queued,
    queue,
    recover,
    send_again,
)
from bearblog.engines.outbox.tasks import send_letters
from bearblog.lib import request_id
from tests.journal_lines import journal_lines

pytestmark = pytest.mark.django_db

MEMORY = "django.core.mail.backends.locmem.EmailBackend"
HERE = __name__


class Refusing(BaseEmailBackend):
    """A provider that says no."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise smtplib.SMTPDataError(550, b"no such person")


class Vanishing(BaseEmailBackend):
    """A provider whose answer never comes."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise TimeoutError("timed out")


class Watching(BaseEmailBackend):
    """A provider that sees what the table says while it is called."""

    seen: list[str] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.seen.extend(Letter.objects.values_list("status", flat=True))
        return len(email_messages)


class Dying(BaseEmailBackend):
    """A provider during whose call the box dies."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise SystemExit


class Broken(BaseEmailBackend):
    """A provider whose program has a fault."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ValueError("not foreseen")


@pytest.fixture
def letter() -> Letter:
    return Letter.objects.create(
        sender="a@example.org",
        recipient="b@example.org",
        subject="Hello",
        text="Words",
        html="<p>Words</p>",
        headers={"Reply-To": "d@example.org"},
    )


def backend(name: type[BaseEmailBackend]) -> str:
    return f"{HERE}.{name.__name__}"


def test_a_queued_letter_is_sent_once(letter: Letter) -> None:
    assert deliver_queued(MEMORY) == 1
    assert deliver_queued(MEMORY) == 0
    letter.refresh_from_db()
    assert letter.status == Letter.Status.SENT
    assert letter.sent_at is not None
    [message] = mail.outbox
    assert (message.subject, message.body, message.to) == ("Hello", "Words", ["b@example.org"])
    assert message.extra_headers == {"Reply-To": "d@example.org"}


def test_what_becomes_of_a_letter_is_logged_under_the_name_of_its_request(
    letter: Letter,
) -> None:
    name = request_id.make()
    Letter.objects.update(request_id=name)
    with journal_lines("bearblog.engines.outbox") as lines:
        deliver(letter.pk, backend(Refusing))
        Letter.objects.update(attempted_at=timezone.now() - PAUSES[0])
        deliver(letter.pk, MEMORY)
    assert [(line["message"], line["request_id"]) for line in lines] == [
        (f"Letter {letter.pk}: failed (SMTPDataError).", name),
        (f"Letter {letter.pk}: sent.", name),
    ]
    assert request_id.current() == ""


def test_the_task_sends_what_is_due(letter: Letter) -> None:
    assert send_letters.call(MEMORY) == 1


def test_without_a_provider_letters_wait(letter: Letter) -> None:
    assert deliver_queued("") == 0
    letter.refresh_from_db()
    assert letter.status == Letter.Status.QUEUED


def test_sending_is_written_before_the_provider_is_called(letter: Letter) -> None:
    Watching.seen.clear()
    assert deliver(letter.pk, backend(Watching)) == Letter.Status.SENT
    assert Watching.seen == [Letter.Status.SENDING]


def test_a_refused_letter_fails_with_the_reason(letter: Letter) -> None:
    assert deliver(letter.pk, backend(Refusing)) == Letter.Status.FAILED
    letter.refresh_from_db()
    assert "no such person" in letter.error
    assert letter.attempts == 1


def test_a_failed_letter_is_tried_again_after_a_pause(letter: Letter) -> None:
    deliver(letter.pk, backend(Refusing))
    assert deliver_queued(MEMORY) == 0
    Letter.objects.update(attempted_at=timezone.now() - PAUSES[0])
    assert deliver_queued(MEMORY) == 1


def test_after_the_last_pause_a_letter_rests(letter: Letter) -> None:
    for _ in range(len(PAUSES) + 1):
        deliver(letter.pk, backend(Refusing))
        Letter.objects.update(attempted_at=timezone.now() - timedelta(days=1))
    letter.refresh_from_db()
    assert letter.attempts == len(PAUSES) + 1
    assert deliver_queued(MEMORY) == 0


def test_a_lost_answer_leaves_the_letter_unsure_and_unsent_again(letter: Letter) -> None:
    assert deliver(letter.pk, backend(Vanishing)) == Letter.Status.UNSURE
    Letter.objects.update(attempted_at=timezone.now() - timedelta(days=1))
    assert deliver_queued(MEMORY) == 0


def test_a_letter_found_in_sending_after_a_crash_is_unsure(letter: Letter) -> None:
    with pytest.raises(SystemExit):
        deliver(letter.pk, backend(Dying))
    assert deliver_queued(MEMORY) == 0
    assert recover() == 1
    letter.refresh_from_db()
    assert letter.status == Letter.Status.UNSURE
    assert "may or may not" in letter.error
    assert deliver_queued(MEMORY) == 0


def test_staff_can_have_an_unsure_letter_sent_again(letter: Letter) -> None:
    deliver(letter.pk, backend(Vanishing))
    assert send_again(letter.pk).status == Letter.Status.QUEUED
    assert deliver_queued(MEMORY) == 1


def test_a_sent_letter_cannot_be_sent_again(letter: Letter) -> None:
    deliver(letter.pk, MEMORY)
    with pytest.raises(OutboxError, match="Only a letter that failed"):
        send_again(letter.pk)


def test_a_letter_that_meets_a_fault_is_unsure_and_holds_up_no_other(letter: Letter) -> None:
    with pytest.raises(ValueError, match="not foreseen"):
        deliver(letter.pk, f"{HERE}.Broken")
    letter.refresh_from_db()
    assert letter.status == Letter.Status.UNSURE
    assert "not foreseen" in letter.error


def test_a_letter_that_is_queued_waits_for_the_sender() -> None:
    number = queue(sender="a@example.org", recipient="b@example.org", subject="Hello", text="Words")
    letter = Letter.objects.get(pk=number)
    assert (letter.status, letter.recipient, letter.text) == (Letter.Status.QUEUED, "b@example.org", "Words")
    assert deliver_queued(MEMORY) == 1
    assert [sent.to for sent in mail.outbox] == [["b@example.org"]]

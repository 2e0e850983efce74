"""Messages become letters in the outbox, and nothing leaves the box."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.message import BadHeaderError
from django.db import transaction

from bearblog.engines.outbox.backend import OutboxBackend
from bearblog.engines.outbox.errors import OutboxError
from bearblog.engines.outbox.models import Letter
from bearblog.lib import request_id
from tests.journal_lines import journal_lines

pytestmark = pytest.mark.django_db


def test_a_message_becomes_a_letter_for_each_recipient() -> None:
    message = EmailMultiAlternatives(
        "Hello", "Words", "a@example.org", ["b@example.org"], cc=["c@example.org"], reply_to=["d@example.org"]
    )
    message.attach_alternative("<p>Words</p>", "text/html")
    assert OutboxBackend().send_messages([message]) == 1
    first, second = Letter.objects.order_by("recipient")
    assert (first.recipient, second.recipient) == ("b@example.org", "c@example.org")
    assert (first.subject, first.text, first.html) == ("Hello", "Words", "<p>Words</p>")
    assert first.headers == {"Reply-To": "d@example.org"}
    assert first.status == Letter.Status.QUEUED


def test_a_letter_keeps_the_name_of_its_request() -> None:
    name = request_id.make()
    with request_id.carried(name), journal_lines("bearblog.engines.outbox") as lines:
        OutboxBackend().send_messages([EmailMessage("Hello", "Words", "a@example.org", ["b@example.org"])])
    letter = Letter.objects.get()
    assert letter.request_id == name
    (line,) = lines
    assert (line["message"], line["request_id"]) == (f"Put into the outbox: letter {letter.pk}.", name)


def test_a_letter_goes_with_the_transaction_that_caused_it() -> None:
    def write_and_fail() -> None:
        with transaction.atomic():
            OutboxBackend().send_messages(
                [EmailMessage("Hello", "Words", "a@example.org", ["b@example.org"])]
            )
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    assert not Letter.objects.exists()


def test_a_line_break_in_a_header_is_refused() -> None:
    message = EmailMessage("Hello\nBcc: all@example.org", "Words", "a@example.org", ["b@example.org"])
    with pytest.raises(BadHeaderError):
        OutboxBackend().send_messages([message])
    assert not Letter.objects.exists()


def test_an_attachment_is_refused() -> None:
    message = EmailMessage("Hello", "Words", "a@example.org", ["b@example.org"])
    message.attach("cave.txt", "dark")
    with pytest.raises(OutboxError, match="cannot carry attachments"):
        OutboxBackend().send_messages([message])

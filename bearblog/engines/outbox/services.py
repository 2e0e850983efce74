"""Sends letters through a provider named by its backend path, and keeps the account of it."""

import logging
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bearblog.engines.outbox import outcome
from bearblog.engines.outbox.errors import OutboxError
from bearblog.engines.outbox.models import Letter
from bearblog.lib import request_id

logger = logging.getLogger(__name__)

# The pause after the first, second, ... failed attempt. After the last one a letter rests until staff act.
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


def queue(*, sender: str, recipient: str, subject: str, text: str) -> int:
    """Puts one letter into the queue, and returns its number."""
    return Letter.objects.create(sender=sender, recipient=recipient, subject=subject, text=text).pk


def deliver_queued(backend_path: str) -> int:
    """Sends every letter that is due, oldest first. Returns how many were sent; none without a provider."""
    if not backend_path:
        return 0
    due = Letter.objects.filter(_is_due(timezone.now())).order_by("created_at", "id")
    statuses = [deliver(letter_id, backend_path) for letter_id in list(due.values_list("id", flat=True))]
    return statuses.count(Letter.Status.SENT)


def deliver(letter_id: int, backend_path: str) -> str:
    """Sends one letter and returns its new status. A letter that is not due (or being sent) stays as it is.

    `sending` is committed before the provider is called: what a crash leaves in it is never sent by itself.
    """
    connection = get_connection(backend_path)
    now = timezone.now()
    with transaction.atomic(durable=True):
        claimed = Letter.objects.filter(_is_due(now), id=letter_id).update(
            status=Letter.Status.SENDING, attempted_at=now
        )
    letter = Letter.objects.get(id=letter_id)
    if not claimed:
        return letter.status
    with request_id.carried(letter.request_id):
        _send(letter, connection)
    return letter.status


def _send(letter: Letter, connection: BaseEmailBackend) -> None:
    letter.attempts += 1
    try:
        _message(letter, connection).send()
    except outcome.PROVIDER_ERRORS as error:
        refused = outcome.is_refusal(error)
        letter.status = Letter.Status.FAILED if refused else Letter.Status.UNSURE
        letter.error = f"{type(error).__name__}: {error}"[:2000]
    except Exception as error:
        letter.status = Letter.Status.UNSURE
        letter.error = f"{type(error).__name__}: {error}"[:2000]
        raise
    else:
        letter.status, letter.error, letter.sent_at = Letter.Status.SENT, "", timezone.now()
    finally:
        letter.save(update_fields=("status", "error", "attempts", "sent_at"))
    _log(letter)


def _log(letter: Letter) -> None:
    # Of the error its kind alone: a provider's own words name the recipient. Staff see them on the letter.
    if letter.status == Letter.Status.SENT:
        logger.info("Letter %d: sent.", letter.id)
    else:
        logger.warning("Letter %d: %s (%s).", letter.id, letter.status, letter.error.partition(":")[0])


def recover() -> int:
    """Marks letters that a crash left in `sending` as unsure. Returns how many there were."""
    return Letter.objects.filter(status=Letter.Status.SENDING).update(
        status=Letter.Status.UNSURE,
        error="The box stopped while this letter was being sent; it may or may not have arrived.",
    )


def send_again(letter_id: int) -> Letter:
    """Puts a failed or unsure letter back into the queue. Raises OutboxError for any other."""
    again = Letter.objects.filter(id=letter_id, status__in=(Letter.Status.FAILED, Letter.Status.UNSURE))
    if not again.update(status=Letter.Status.QUEUED, attempts=0, error=""):
        raise OutboxError("Only a letter that failed, or whose fate is unsure, can be sent again.")
    return Letter.objects.get(id=letter_id)


def _is_due(now: datetime) -> Q:
    due = Q(status=Letter.Status.QUEUED)
    for attempts, pause in enumerate(PAUSES, start=1):
        due |= Q(status=Letter.Status.FAILED, attempts=attempts, attempted_at__lte=now - pause)
    return due


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        letter.sender,
        [letter.recipient],
        headers=letter.headers,
        connection=connection,
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message

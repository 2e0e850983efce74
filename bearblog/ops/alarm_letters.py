"""Alarms by letter: through the outbox while the database works, and else straight to the provider."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError

from bearblog.engines.alarms.errors import NotSent
from bearblog.engines.outbox import outcome
from bearblog.engines.outbox import services as outbox
from bearblog.engines.replication import superseded
from bearblog.ops import box

logger = logging.getLogger(__name__)


def send(recipient: str, title: str, text: str) -> None:
    """Sends the letter, or leaves it to the outbox, which tries again by itself. Raises NotSent."""
    subject, body = f"{settings.MAIN_HOST}: {title}", f"{box.site()}\n\n{text}\n"
    letter_id = _queued(recipient, subject, body)
    if letter_id is None:
        _send_at_once(recipient, subject, body)
        return
    try:
        # Not left to the worker: it may be what has failed.
        outbox.deliver(letter_id, settings.LETTER_BACKEND)
    except Exception:
        # The letter is in the outbox: whoever told of it again would tell of it twice.
        logger.exception("Sending an alarm from the outbox failed")


def _queued(recipient: str, subject: str, body: str) -> int | None:
    """The letter in the outbox, or None where there is no database that a letter could leave."""
    # A replaced box sends nothing of its outbox; and a file that is asked for in vain would be made, empty.
    if superseded.is_superseded(box.superseded_file()) or not box.database().exists():
        return None
    try:
        return outbox.queue(
            sender=settings.DEFAULT_FROM_EMAIL, recipient=recipient, subject=subject, text=body
        )
    except DatabaseError as error:
        logger.warning("An alarm goes past the outbox: %s", error)
        return None


def _send_at_once(recipient: str, subject: str, body: str) -> None:
    connection = get_connection(settings.LETTER_BACKEND)
    try:
        EmailMessage(subject, body, None, [recipient], connection=connection).send()
    except outcome.PROVIDER_ERRORS as error:
        raise NotSent(f"The provider did not take the letter ({type(error).__name__}).") from error

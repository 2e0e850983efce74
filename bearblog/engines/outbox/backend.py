"""The e-mail backend that writes letters into the outbox instead of sending them."""

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from bearblog.engines.outbox.errors import OutboxError
from bearblog.engines.outbox.models import Letter
from bearblog.lib import request_id

logger = logging.getLogger(__name__)


class OutboxBackend(BaseEmailBackend):
    """Stores each message as one letter a recipient, in the running transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The number of messages stored. Raises OutboxError for one that the outbox cannot hold."""
        letters = [letter for message in email_messages for letter in _letters(message)]
        stored = Letter.objects.bulk_create(letters)
        if stored:
            logger.info("Put into the outbox: letter %s.", ", ".join(str(letter.id) for letter in stored))
        return len(email_messages)


def _letters(message: EmailMessage) -> list[Letter]:
    if message.attachments:
        raise OutboxError("A letter in the outbox cannot carry attachments; put a link into its text.")
    # Building the message is what refuses line breaks smuggled into a header.
    message.message()
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(message.reply_to)
    return [
        Letter(
            sender=message.from_email,
            recipient=recipient,
            subject=str(message.subject),
            text=str(message.body),
            html=_html(message),
            headers=headers,
            request_id=request_id.current(),
        )
        for recipient in message.recipients()
    ]


def _html(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    return next((str(part[0]) for part in message.alternatives if part[1] == "text/html"), "")

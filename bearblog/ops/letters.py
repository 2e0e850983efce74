"""The box's e-mail backend: letters go to the outbox, and the worker is woken when there is a provider."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

from bearblog.engines.outbox.backend import OutboxBackend
from bearblog.engines.outbox.tasks import send_letters


class LetterBackend(OutboxBackend):
    """Stores messages in the outbox and enqueues their sending, both in the running transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        stored = super().send_messages(email_messages)
        if stored and settings.LETTER_BACKEND:
            send_letters.enqueue(settings.LETTER_BACKEND)
        return stored

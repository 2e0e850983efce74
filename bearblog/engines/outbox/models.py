"""The table of letters: the truth about what was written, to whom, and what became of it."""

from django.db import models
from django.utils import timezone

from bearblog.lib.request_id import LONGEST


class Letter(models.Model):
    """One letter to one person."""

    class Status(models.TextChoices):
        QUEUED = "queued", "waiting"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        UNSURE = "unsure", "unsure"

    sender = models.CharField(max_length=320)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=998)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    attempted_at = models.DateTimeField(null=True, blank=True)
    # For whom it was written: the name of the request, empty where there was none.
    request_id = models.CharField(max_length=LONGEST, blank=True, default="", db_default="")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("status", "attempted_at"), name="letter_by_status"),)

    def __str__(self) -> str:
        return f"{self.subject} (to {self.recipient})"

    @property
    def may_be_sent_again(self) -> bool:
        return self.status in (self.Status.FAILED, self.Status.UNSURE)

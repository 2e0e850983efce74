"""What staff asked to see of the past: one line each, which the worker carries out."""

from django.db import models
from django.utils import timezone

from bearblog.domain.accounts.models import User


class Opening(models.Model):
    """One blog at one moment, asked for on the desk; and what to bring back of it."""

    class State(models.TextChoices):
        ASKED = "asked", "waiting for the worker"
        FETCHING = "fetching", "being fetched"
        OPEN = "open", "open"
        BRINGING = "bringing", "being brought back"
        CLOSED = "closed", "closed"

    moment = models.DateTimeField()
    blog_name = models.CharField(max_length=63)
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    # From when on the hour counts after which it closes by itself.
    used_at = models.DateTimeField(default=timezone.now)
    # How far it is, or why it was closed; a line for each thing that was said at the last bringing back.
    said = models.JSONField(default=list, blank=True)
    wished = models.JSONField(default=dict, blank=True)
    wished_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"{self.blog_name} at {self.moment:%Y-%m-%d %H:%M:%S} UTC"

    @property
    def is_open(self) -> bool:
        """Whether the past lies there to be looked at."""
        return self.state in (self.State.OPEN, self.State.BRINGING)

    @property
    def is_busy(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state in (self.State.ASKED, self.State.FETCHING, self.State.BRINGING)

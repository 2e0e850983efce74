"""The table of canaries: a row a minute, by which a restored database tells how new and how whole it is."""

from django.db import models
from django.utils import timezone


class Canary(models.Model):
    """What the database held at one moment."""

    moment = models.DateTimeField(default=timezone.now)
    # How many rows each of the important tables had.
    rows = models.JSONField()
    # Seconds an earlier row took from its commit to the bucket, or has waited so far; None: not measured.
    lag = models.FloatField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Canary {self.pk} of {self.moment:%Y-%m-%d %H:%M:%S} UTC"

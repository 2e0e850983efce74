"""The table of hours: a row an hour of what the box was asked and how it did."""

from datetime import UTC, datetime

from django.db import models

SECONDS_AN_HOUR = 3600


class Hour(models.Model):
    """One hour. What nobody measured in it is None."""

    # Hours since 1970. SQLite's own row number: to change the newest hour is to write one page.
    number = models.IntegerField(primary_key=True)
    requests = models.PositiveIntegerField(default=0)
    # Answers that were the box's own failure: statuses from 500 on.
    errors = models.PositiveIntegerField(default=0)
    # Bytes, as they were last seen in the hour.
    disk_used = models.PositiveBigIntegerField(null=True)
    disk_total = models.PositiveBigIntegerField(null=True)
    # Seconds from a commit to the bucket: the median and the longest of the hour.
    lag_typical = models.FloatField(null=True)
    lag_longest = models.FloatField(null=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"The hour from {self.start:%Y-%m-%d %H:%M} UTC"

    @property
    def start(self) -> datetime:
        """The moment at which it began."""
        return datetime.fromtimestamp(self.number * SECONDS_AN_HOUR, UTC)

"""Notes what hours were like, and gives the last ones back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db import connection

from bearblog.engines.vitals.models import SECONDS_AN_HOUR, Hour

# A little more than the 30 days that are shown.
HOURS_KEPT = 32 * 24

_ADD = """
    INSERT INTO vitals_hour (number, requests, errors) VALUES (%s, %s, %s)
    ON CONFLICT (number) DO UPDATE SET
    requests = requests + excluded.requests, errors = errors + excluded.errors
"""


@dataclass(frozen=True)
class Traffic:
    """How many requests there were, and how many of them met a failure."""

    requests: int
    errors: int


@dataclass(frozen=True)
class Disk:
    """How many bytes are taken, and how many there are."""

    used: int
    total: int


def number_of(moment: datetime) -> int:
    """Which hour the moment is in."""
    return int(moment.timestamp()) // SECONDS_AN_HOUR


def add_traffic(traffic: Mapping[int, Traffic]) -> None:
    """Adds what was counted to its hours, by their numbers, in the caller's transaction."""
    rows = [(number, counted.requests, counted.errors) for number, counted in traffic.items()]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)


def note_disk(number: int, disk: Disk) -> None:
    """Notes how full the disk is in this hour, in the place of what was noted before."""
    Hour.objects.update_or_create(number=number, defaults={"disk_used": disk.used, "disk_total": disk.total})


def note_lags(number: int, lags: Sequence[float]) -> None:
    """Notes the lags of this hour in seconds, in the place of what was noted before. None are no news."""
    if lags:
        known = {"lag_typical": median(lags), "lag_longest": max(lags)}
        Hour.objects.update_or_create(number=number, defaults=known)


def between(first: int, last: int) -> list[Hour]:
    """The hours from the first to the last, oldest first; those of which nothing is known are left out."""
    return list(Hour.objects.filter(number__range=(first, last)))


def sweep(now: int) -> int:
    """Lets go of hours too old to be shown, and of what a wrong clock put a day ahead; returns how many."""
    deleted, _ = Hour.objects.exclude(number__range=(now - HOURS_KEPT, now + 24)).delete()
    return deleted

"""From how many hosts a day readers of a blog can have come; whoever makes hosts up fills no table."""

import json
from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models.expressions import RawSQL

from bearblog.domain.analytics.models import Count

# More than these are somebody's joke, not where readers come from.
REFERRERS_A_DAY = 300

_STORED = """
    SELECT stored.id FROM json_each(%s) AS asked JOIN analytics_count AS stored
    ON stored.blog_id = asked.value ->> 0 AND stored.kind = 'referrer'
    AND stored.day = asked.value ->> 1 AND stored.name = asked.value ->> 2
"""

# The number of a blog, a day and a host.
Came = tuple[int, date, str]


class ReferrerLimit:
    """Which of the given are counted: those that are stored already, and others until the day is full."""

    def __init__(self, asked: Iterable[Came]) -> None:
        wanted = set(asked)
        self._known = _stored(wanted)
        self._numbers = _numbers(wanted)

    def has_room_for(self, came: Came) -> bool:
        """Whether this one is counted."""
        blog, day, _ = came
        number = self._numbers.get((blog, day), 0)
        if came not in self._known and number < REFERRERS_A_DAY:
            self._known.add(came)
            self._numbers[blog, day] = number + 1
        return came in self._known


def _stored(wanted: set[Came]) -> set[Came]:
    asked = json.dumps([(blog, day.isoformat(), host) for blog, day, host in wanted])
    found = Count.objects.filter(pk__in=RawSQL(_STORED, [asked]))  # noqa: S611 - a constant
    return set(found.values_list("blog_id", "day", "name")) if wanted else set()


def _numbers(wanted: set[Came]) -> dict[tuple[int, date], int]:
    blogs, days = {blog for blog, _, _ in wanted}, {day for _, day, _ in wanted}
    found = Count.objects.filter(kind=Count.Kind.REFERRER, blog__in=blogs, day__in=days)
    rows = found.values_list("blog_id", "day").annotate(number_of_names=models.Count("pk")).order_by()
    return {(blog, day): number for blog, day, number in rows}

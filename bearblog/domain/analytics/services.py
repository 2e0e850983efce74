"""The counting of readers. Numbers stand on no page that readers see, so no blog is touched."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import connection

from bearblog.domain.analytics import counting, salt
from bearblog.domain.analytics.limits import HourlyLimit
from bearblog.domain.analytics.marks import first_mark
from bearblog.domain.analytics.models import LogPlace
from bearblog.domain.analytics.referrers import Referrers
from bearblog.domain.analytics.traffic import traffic_of
from bearblog.domain.analytics.visits import sort_lines, visits_in
from bearblog.engines.access_log.line import Line

# A day's marks can be millions; those of one statement keep nobody waiting.
_FORGET = """
    DELETE FROM analytics_seen WHERE mark IN
    (SELECT mark FROM analytics_seen WHERE mark < %s OR mark >= %s LIMIT 20000)
"""


class Memory:
    """What is known of the lines before."""

    def __init__(self) -> None:
        self.referrers = Referrers()
        self.limit = HourlyLimit()


def count_lines(*, lines: Collection[Line], place: LogPlace, memory: Memory) -> None:
    """Counts visits and requests in lines of the log and stores the place behind these lines, all or nothing.

    Raises AnalyticsError where the day's salt cannot be kept. After an error the memory is of no more use.
    """
    visits, pages = visits_in(sort_lines(lines, memory.referrers))
    allowed = [visit for visit in visits if memory.limit.spend(visit.network, visit.moment)]
    place.pages += pages
    counting.store(counting.Tally(allowed), place, traffic_of(lines))


def forget_all_but(day: date) -> int:
    """Throws away the salts, and all that was hashed with them, of all days but this and the next.

    Returns how many marks were forgotten. Raises AnalyticsError where a salt cannot be thrown away.
    """
    salt.forget_all_but(day, day + timedelta(days=1))
    kept = [first_mark(day), first_mark(day + timedelta(days=2))]
    total = 0
    with connection.cursor() as cursor:
        while cursor.execute(_FORGET, kept).rowcount:
            total += cursor.rowcount
    return total

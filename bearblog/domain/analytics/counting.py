"""How visits become numbers: who was counted already is known by marks alone."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from bearblog.domain.analytics import country, salt
from bearblog.domain.analytics.marks import place_mark, reader_mark
from bearblog.domain.analytics.models import Count, LogPlace, Seen
from bearblog.domain.analytics.referrer_limit import Came, ReferrerLimit
from bearblog.domain.analytics.visits import Visit
from bearblog.engines.vitals import hours
from bearblog.engines.vitals.hours import Traffic

Kind = Count.Kind
# One row of counts: a blog's number, a kind, a day and a name.
Name = tuple[int, str, date, str]
_Row = tuple[str, str, str, int, int]

_MARK = "INSERT OR IGNORE INTO analytics_seen (mark) VALUES (%s)"
# By way of the blogs: nothing is counted for one that has just been deleted.
_COUNT = """
    INSERT INTO analytics_count (blog_id, kind, day, name, number)
    SELECT id, %s, %s, %s, %s FROM blogs_blog WHERE id = %s
    ON CONFLICT (blog_id, kind, day, name) DO UPDATE SET number =
"""
_ADD = f"{_COUNT} number + excluded.number"
_RAISE = f"{_COUNT} max(number, excluded.number)"


class Tally:
    """What visits add to the numbers, each judged by what is counted already. Raises AnalyticsError."""

    def __init__(self, visits: Sequence[Visit]) -> None:
        # Those who are counted from now on.
        self.marks: set[int] = set()
        self.added: Counter[Name] = Counter()
        # For how many people a service says that it asks, many times a day and for all of them at once.
        self.people: dict[Name, int] = {}
        marked = _marked(visits)
        all_marks = {mark for _, *marks in marked for mark in marks}
        self._unseen = all_marks - _seen(all_marks)
        self._referrers = ReferrerLimit(_came(visit) for visit in visits if visit.referrer)
        for visit, reader, place in marked:
            if not visit.path:
                self._add_feed(visit, place)
            elif self._is_first(place):
                self._add_page(visit, reader)

    def _add_page(self, visit: Visit, reader: int) -> None:
        self._add(visit, Kind.PAGE, visit.path)
        if visit.referrer and self._referrers.has_room_for(_came(visit)):
            self._add(visit, Kind.REFERRER, visit.referrer)
        if self._is_first(reader):
            self._add(visit, Kind.READERS, "")
            self._add(visit, Kind.BROWSER, visit.program.browser)
            self._add(visit, Kind.PLATFORM, visit.program.platform)
            if code := country.code_of(visit.address):
                self._add(visit, Kind.COUNTRY, code)

    def _add_feed(self, visit: Visit, place: int) -> None:
        program = visit.program
        if program.subscribers:
            name = (visit.blog, Kind.FEED, visit.day, program.feed_reader)
            self.people[name] = max(program.subscribers, self.people.get(name, 0))
        elif self._is_first(place):
            self._add(visit, Kind.FEED, program.feed_reader)

    def _add(self, visit: Visit, kind: str, name: str) -> None:
        self.added[visit.blog, kind, visit.day, name] += 1

    def _is_first(self, mark: int) -> bool:
        if mark not in self._unseen:
            return False
        self._unseen.remove(mark)
        self.marks.add(mark)
        return True


def store(tally: Tally, place: LogPlace, traffic: Mapping[int, Traffic]) -> None:
    """Adds the tally and the hours' traffic to the numbers, and saves the place behind their lines."""
    marks = [(mark,) for mark in sorted(tally.marks)]
    added, people = _rows(tally.added), _rows(tally.people)
    # All that takes time is done by now: authors wait for as long as this holds the database.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_MARK, marks)
        cursor.executemany(_ADD, added)
        cursor.executemany(_RAISE, people)
        hours.add_traffic(traffic)
        place.save()


def _rows(numbers: Mapping[Name, int]) -> list[_Row]:
    return [(kind, day.isoformat(), name, count, blog) for (blog, kind, day, name), count in numbers.items()]


def _marked(visits: Sequence[Visit]) -> list[tuple[Visit, int, int]]:
    """Each visit with the mark of the reader on this blog, and that of the reader at this page or feed."""
    salts = {day: salt.salt_of(day) for day in {visit.day for visit in visits}}
    return [(visit, *_marks(visit, salts[visit.day])) for visit in visits]


def _marks(visit: Visit, of_day: bytes) -> tuple[int, int]:
    reader = reader_mark(visit.day, of_day, str(visit.blog), visit.network, visit.user_agent)
    # The parts of a path begin with a slash, and names of programs with none.
    return reader, place_mark(reader, of_day, visit.path or visit.program.feed_reader)


def _came(visit: Visit) -> Came:
    return visit.blog, visit.day, visit.referrer


def _seen(marks: Collection[int]) -> set[int]:
    asked = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(marks))])  # noqa: S611 - a constant
    return set(Seen.objects.filter(mark__in=asked).values_list("mark", flat=True))

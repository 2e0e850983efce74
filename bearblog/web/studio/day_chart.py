"""The chart of a blog's days, and the table that says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bearblog.domain.analytics.selectors import Span
from bearblog.web.base.chart import Chart, Frame, Point, draw

# More bars than this are too thin to tell apart.
_MOST_BARS = 130


@dataclass(frozen=True)
class Days:
    """What one bar stands for: some days, and the two numbers that were counted in them."""

    first: date
    last: date
    wide: int
    narrow: int


@dataclass(frozen=True)
class DayChart:
    """The drawing, what it says in words, and its numbers; `only` is the one thing counted, if it is one."""

    title: str
    words: str
    only: str
    days_a_bar: int
    bars: list[Days]
    drawing: Chart


def make_chart(span: Span, wide: Mapping[date, int], narrow: Mapping[date, int], only: str) -> DayChart:
    """The chart of a span of days; a day without a number counts nothing."""
    days_a_bar = next(step for step in (1, 7, 30) if span.days <= step * _MOST_BARS)
    count = -(-span.days // days_a_bar)
    # The newest bar is always whole; the oldest may begin before the span.
    firsts = [span.last - timedelta(days=days_a_bar * (count - index) - 1) for index in range(count)]
    bars = [_days(first, days_a_bar, wide, narrow) for first in firsts]
    has_years = span.days > 300
    reads, readers = sum(wide.values()), sum(narrow.values())
    counted = f"Counted {readers} times." if only else f"{readers} readers and {reads} reads."
    return DayChart(
        title=f"{only or 'Readers and reads'}, {_date(span.first)} to {_date(span.last)}",
        words=f"{counted} The numbers stand in the table below the chart.",
        only=only,
        days_a_bar=days_a_bar,
        bars=bars,
        drawing=draw([_point(days, only, has_years) for days in bars], frame=Frame()),
    )


def _days(first: date, length: int, wide: Mapping[date, int], narrow: Mapping[date, int]) -> Days:
    each = [first + timedelta(days=offset) for offset in range(length)]
    return Days(
        first, each[-1], sum(wide.get(day, 0) for day in each), sum(narrow.get(day, 0) for day in each)
    )


def _point(days: Days, only: str, has_years: bool) -> Point:
    when = _date(days.first) if days.first == days.last else f"{_date(days.first)} to {_date(days.last)}"
    what = f"{days.narrow}" if only else f"{days.narrow} readers, {days.wide} reads"
    label = f"{days.first.day} {days.first:%b %Y}" if has_years else f"{days.first.day} {days.first:%b}"
    return Point(f"{when}: {what}", label, days.wide, days.narrow)


def _date(day: date) -> str:
    return f"{day.day} {day:%b %Y}"

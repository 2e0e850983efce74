"""The last 30 days of the box as four charts: the drawing, what it says in words, and a table by the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bearblog.engines.vitals.models import SECONDS_AN_HOUR, Hour
from bearblog.web.base.chart import Chart, Frame, Point, draw
from bearblog.web.staff.box_measures import MEASURES, Measure, Series

DAYS = 30
_HOURS_A_DAY = 24
_HOURS_A_BAR = 6
_BARS = DAYS * _HOURS_A_DAY // _HOURS_A_BAR
# Two stand side by side, so that the letters are shown half as large.
_FRAME = Frame(height=330, left=150, letters=30)
# Some hours in a row, by the number of their stretch.
_Stretches = Mapping[int, Sequence[Hour]]


@dataclass(frozen=True)
class Row:
    """One day of the table."""

    day: str
    cells: list[str]


@dataclass(frozen=True)
class Vital:
    """One chart with its title, what it says in words, the names of its columns, and the same by the day."""

    name: str
    title: str
    words: str
    drawing: Chart | None
    series: tuple[Series, ...]
    rows: list[Row]


def first_hour(now: int) -> int:
    """The number of the first hour that is shown, where this is the number of the hour that it is now."""
    return (now // _HOURS_A_BAR - _BARS + 1) * _HOURS_A_BAR


def charts(hours: Sequence[Hour], now: int) -> list[Vital]:
    """The charts of the hours that are known, up to the one that it is now."""
    return [_vital(measure, hours, now) for measure in MEASURES]


def _vital(measure: Measure, hours: Sequence[Hour], now: int) -> Vital:
    known = [hour for hour in hours if measure.narrow.of([hour]) is not None]
    if not known:
        words = f"Nothing noted in {DAYS} days. {measure.source}"
        return Vital(measure.name, measure.title, words, None, measure.series, [])
    bars = _stretches(known, _HOURS_A_BAR)
    last = now // _HOURS_A_BAR
    points = [_point(measure, bars, number) for number in range(last - _BARS + 1, last + 1)]
    return Vital(
        name=measure.name,
        title=measure.title,
        words=f"{measure.last(known, now)} {_most(measure, bars)}",
        drawing=draw(points, frame=_FRAME, top=measure.top(known), write=measure.on_axis),
        series=measure.series,
        rows=_rows(measure, known),
    )


def _stretches(hours: Sequence[Hour], length: int) -> dict[int, list[Hour]]:
    found: dict[int, list[Hour]] = {}
    for hour in hours:
        found.setdefault(hour.number // length, []).append(hour)
    return found


def _point(measure: Measure, bars: _Stretches, number: int) -> Point:
    hours = bars.get(number, [])
    start = _start(number, _HOURS_A_BAR)
    values = [series.of(hours) for series in measure.series]
    said = ", ".join(
        f"{series.title.lower()} {measure.write(value)}"
        for series, value in zip(measure.series, values, strict=True)
        if value is not None
    )
    wide = values[1] if len(values) > 1 else None
    return Point(f"{_moment(start)}: {said}", _day(start), wide=wide, narrow=values[0])


def _most(measure: Measure, bars: _Stretches) -> str:
    """When the greatest number of all was, in words."""
    of = measure.series[-1].of
    values = {number: value for number, hours in bars.items() if (value := of(hours)) is not None}
    most = max(values, key=lambda number: (values[number], number))
    if not values[most]:
        return f"None in {DAYS} days."
    when = _moment(_start(most, _HOURS_A_BAR))
    return f"The most in {DAYS} days: {measure.write(values[most])}, in the six hours from {when}."


def _rows(measure: Measure, hours: Sequence[Hour]) -> list[Row]:
    """The days, the newest first."""
    days = _stretches(hours, _HOURS_A_DAY)
    return [
        Row(
            _day(_start(number, _HOURS_A_DAY)),
            [_cell(measure, series, days[number]) for series in measure.series],
        )
        for number in sorted(days, reverse=True)
    ]


def _cell(measure: Measure, series: Series, hours: Sequence[Hour]) -> str:
    value = series.of(hours)
    return "" if value is None else measure.write(value)


def _start(number: int, hours: int) -> datetime:
    return datetime.fromtimestamp(number * hours * SECONDS_AN_HOUR, UTC)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b}"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)}, {moment:%H:%M} UTC"

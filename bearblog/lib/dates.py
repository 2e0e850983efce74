"""Dates as people type them, in the time zone they live in."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

EXAMPLES = "2026-11-21 or 2026-11-21 14:30"
FIRST_YEAR = 1000
LAST_YEAR = 9997

_TYPED = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:[Tt\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>[Zz]|UTC|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)


class DateError(ValueError):
    """A date that names no moment, with a sentence for a person."""


def parse(typed: str, zone: tzinfo = UTC) -> datetime:
    """The moment the text names, in UTC; read in the zone unless it says its offset. Raises DateError.

    A day without a time begins when it begins in the zone.
    """
    match = _TYPED.fullmatch(typed.strip())
    if match is None:
        raise DateError(f"The date “{_shown(typed)}” cannot be read. Write it like {EXAMPLES}.")
    year, month, day, hour, minute, second = (
        int(match[part] or 0) for part in ("year", "month", "day", "hour", "minute", "second")
    )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"The date “{_shown(typed)}” has a year out of range: {year}.")
    try:
        wall = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the clock on the wall
        offset = _offset(match["zone"])
    except ValueError as error:
        raise DateError(f"The date “{_shown(typed)}” does not exist: {error}.") from error
    if offset is not None:
        return wall.replace(tzinfo=offset).astimezone(UTC)
    return _day(wall, zone) if match["hour"] is None else _moment(wall, zone, _shown(typed))


def write(moment: datetime, zone: tzinfo) -> str:
    """The moment to the minute as `parse` reads it; with the offset only where the clock shows it twice."""
    local = moment.astimezone(zone).replace(second=0, microsecond=0)
    wall = local.replace(tzinfo=None)
    shown = wall.isoformat(sep=" ", timespec="minutes")
    if len(_readings(wall, zone)) == 1:
        return shown.removesuffix(" 00:00")
    return f"{shown} {_written_offset(local)}"


def year_in(zone: tzinfo, year: int) -> tuple[datetime, datetime]:
    """The moments at which the year begins and ends in the zone."""
    start, end = (datetime(number, 1, 1, tzinfo=zone).astimezone(UTC) for number in (year, year + 1))
    return start, end


def _day(wall: datetime, zone: tzinfo) -> datetime:
    readings = _readings(wall, zone)
    if readings:
        return readings[0]
    # Where clocks go forward at midnight the day begins at the moment of the change.
    return _after_gap(wall, zone).astimezone(UTC)


def _moment(wall: datetime, zone: tzinfo, typed: str) -> datetime:
    readings = _readings(wall, zone)
    if not readings:
        raise DateError(
            f"The time “{typed}” does not exist in {zone}: the clocks went forward over it, "
            f"to {_after_gap(wall, zone):%H:%M}."
        )
    if len(readings) > 1:
        choices = " or ".join(_written_offset(reading.astimezone(zone)) for reading in readings)
        raise DateError(
            f"The time “{typed}” came twice in {zone}, as the clocks went back. "
            f"Say which by adding its offset: {choices}."
        )
    return readings[0]


def _readings(wall: datetime, zone: tzinfo) -> list[datetime]:
    found = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    real = [moment for moment in found if moment.astimezone(zone).replace(tzinfo=None) == wall]
    return sorted(set(real))


def _after_gap(wall: datetime, zone: tzinfo) -> datetime:
    # Both readings of a time in a gap lie on either side of it, as far from it as each other's offset.
    before, after = (wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    low, high = (wall - after).replace(tzinfo=UTC), (wall - before).replace(tzinfo=UTC)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0).astimezone(zone)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text.upper() in ("Z", "UTC"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 15 or minutes > 59:
        raise ValueError("no clock has this offset")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _written_offset(moment: datetime) -> str:
    return f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:5]


def _shown(typed: str) -> str:
    line = " ".join(typed.split())
    return line if len(line) <= 40 else line[:39] + "…"

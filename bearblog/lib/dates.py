"""Dates as people type them."""

import re
from datetime import UTC, datetime, timedelta, timezone

EXAMPLES = "2026-11-21 or 2026-11-21 14:30"

_TYPED = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:[Tt\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<zone>[Zz]|UTC|[+-]\d{2}:?\d{2})?)?"
)


def parse(typed: str) -> datetime:
    """The moment the text names, in UTC unless it says its offset. Raises ValueError when it names none."""
    match = _TYPED.fullmatch(typed.strip())
    if match is None:
        raise ValueError(f"{typed!r} is not a date such as {EXAMPLES}.")
    year, month, day, hour, minute, second = (
        int(match[part] or 0) for part in ("year", "month", "day", "hour", "minute", "second")
    )
    if not 1000 <= year <= 9998:
        raise ValueError(f"The year {year} is out of range.")
    moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(match["zone"]))
    return moment.astimezone(UTC)


def _zone(text: str | None) -> timezone:
    if text is None or text.upper() in ("Z", "UTC"):
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)

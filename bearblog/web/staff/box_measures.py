"""What is measured of the box: how hours become one number, and how the number is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bearblog.engines.vitals.models import Hour

_GIGABYTE = 1e9
_HOURS_OF_LAST = 24
# From here on a number of an axis is written in thousands.
_MANY = 10_000
# From here on seconds are told without a fraction.
_SECONDS_TOLD_EXACTLY = 10
# From here on an axis has no room for a fraction.
_WIDE = 100

Number = Callable[[Sequence[Hour]], float | None]
Write = Callable[[float], str]


@dataclass(frozen=True)
class Series:
    """What one of the columns is, and the number that some hours together have for it; None for none."""

    title: str
    of: Number


@dataclass(frozen=True)
class Measure:
    """One chart's numbers: the narrow column's first, the wide one's after it."""

    name: str
    title: str
    # Where the numbers come from, for a box that has none.
    source: str
    series: tuple[Series, ...]
    write: Write
    on_axis: Write
    # What it is lately, in words, said of the hours that are known and of the number of the hour it is now.
    last: Callable[[Sequence[Hour], int], str]
    # The top of the axis, where it is not the highest bar.
    top: Callable[[Sequence[Hour]], float | None] = lambda hours: None

    @property
    def narrow(self) -> Series:
        """The column that is always there."""
        return self.series[0]


def _requests(hours: Sequence[Hour]) -> float | None:
    return sum(hour.requests for hour in hours) if hours else None


def _errors(hours: Sequence[Hour]) -> float | None:
    return sum(hour.errors for hour in hours) if hours else None


def _typical_lag(hours: Sequence[Hour]) -> float | None:
    lags = [hour.lag_typical for hour in hours if hour.lag_typical is not None]
    return median(lags) if lags else None


def _longest_lag(hours: Sequence[Hour]) -> float | None:
    return max((hour.lag_longest for hour in hours if hour.lag_longest is not None), default=None)


def _disk_used(hours: Sequence[Hour]) -> float | None:
    seen = [hour.disk_used for hour in hours if hour.disk_used is not None]
    return seen[-1] if seen else None


def _disk_total(hours: Sequence[Hour]) -> float | None:
    seen = [hour.disk_total for hour in hours if hour.disk_total is not None]
    return seen[-1] if seen else None


def _count(number: float) -> str:
    return f"{number:,.0f}"


def _count_on_axis(number: float) -> str:
    return f"{number / 1000:,g}k" if number >= _MANY else _count(number)


def _seconds(number: float) -> str:
    return f"{number:.1f} s" if number < _SECONDS_TOLD_EXACTLY else f"{number:,.0f} s"


def _seconds_on_axis(number: float) -> str:
    return f"{number:,.0f} s"


def _gigabytes(number: float) -> str:
    return f"{number / _GIGABYTE:,.1f} GB"


def _gigabytes_on_axis(number: float) -> str:
    return _gigabytes(number) if 0 < number < _WIDE * _GIGABYTE else f"{number / _GIGABYTE:,.0f} GB"


def _counted_lately(of: Number) -> Callable[[Sequence[Hour], int], str]:
    def say(hours: Sequence[Hour], now: int) -> str:
        number = of([hour for hour in hours if hour.number > now - _HOURS_OF_LAST])
        return f"{_count(number or 0)} in the last {_HOURS_OF_LAST} hours."

    return say


def _lag_lately(hours: Sequence[Hour], now: int) -> str:
    return f"{_seconds(_typical_lag(hours[-1:]) or 0)} {_when(hours)}."


def _disk_lately(hours: Sequence[Hour], now: int) -> str:
    used, total = _disk_used(hours) or 0, _disk_total(hours) or 1
    return f"{_gigabytes(used)} of {_gigabytes(total)} taken, {used / total:.0%}, {_when(hours)}."


def _when(hours: Sequence[Hour]) -> str:
    start = hours[-1].start
    return f"in the hour from {start.day} {start:%b, %H:%M} UTC"


MEASURES = (
    Measure(
        name="lag",
        title="Lag",
        source="The worker measures the way of a commit to the bucket each minute, where there is a bucket.",
        series=(Series("Typical", _typical_lag), Series("Longest", _longest_lag)),
        write=_seconds,
        on_axis=_seconds_on_axis,
        last=_lag_lately,
    ),
    Measure(
        name="disk",
        title="Disk",
        source="The worker looks each five minutes.",
        series=(Series("Taken", _disk_used),),
        write=_gigabytes,
        on_axis=_gigabytes_on_axis,
        last=_disk_lately,
        top=_disk_total,
    ),
    Measure(
        name="requests",
        title="Requests",
        source="The worker counts them from the web server's log.",
        series=(Series("Requests", _requests),),
        write=_count,
        on_axis=_count_on_axis,
        last=_counted_lately(_requests),
    ),
    Measure(
        name="errors",
        title="Errors",
        source="The worker counts them from the web server's log.",
        series=(Series("Errors", _errors),),
        write=_count,
        on_axis=_count_on_axis,
        last=_counted_lately(_errors),
    ),
)

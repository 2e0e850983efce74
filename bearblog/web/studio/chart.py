"""A chart of bars as whole numbers of a drawing, ready for a template that writes SVG."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bearblog.domain.analytics.selectors import Span

WIDTH = 960
HEIGHT = 256
LEFT = 80
_TOP = 12
_BOTTOM = 40
_PLOT_WIDTH = WIDTH - LEFT
_PLOT_HEIGHT = HEIGHT - _TOP - _BOTTOM
# More bars than this are too thin to tell apart.
_MOST_BARS = 130
_MOST_LABELS = 5


@dataclass(frozen=True)
class Column:
    """One rectangle, and the number that its height stands for."""

    number: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Bar:
    """Some days: a wide column behind and a narrow one before it."""

    first: date
    last: date
    wide: Column
    narrow: Column
    has_label: bool


@dataclass(frozen=True)
class Line:
    """A line across the chart, and the number that it stands for."""

    number: int
    y: int
    label_y: int


@dataclass(frozen=True)
class Chart:
    """All that the drawing is made of."""

    bars: list[Bar]
    lines: list[Line]
    days_a_bar: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    label_y: int = HEIGHT - 8


def make_chart(span: Span, wide: Mapping[date, int], narrow: Mapping[date, int]) -> Chart:
    """The chart of a span of days; a day without a number counts nothing."""
    days_a_bar = next(step for step in (1, 7, 30) if span.days <= step * _MOST_BARS)
    count = -(-span.days // days_a_bar)
    # The newest bar is always whole; the oldest may begin before the span.
    firsts = [span.last - timedelta(days=days_a_bar * (count - index) - 1) for index in range(count)]
    sums = [(_sum(wide, first, days_a_bar), _sum(narrow, first, days_a_bar)) for first in firsts]
    top = _round_up(max(max(pair) for pair in sums))
    label_every = -(-count // _MOST_LABELS)
    bars = [
        Bar(
            first=first,
            last=first + timedelta(days=days_a_bar - 1),
            wide=_column(wide_sum, top, index, count, inset=0),
            narrow=_column(narrow_sum, top, index, count, inset=4),
            has_label=index % label_every == 0,
        )
        for index, (first, (wide_sum, narrow_sum)) in enumerate(zip(firsts, sums, strict=True))
    ]
    return Chart(bars, [_line(number, top) for number in (0, top // 2, top)], days_a_bar)


def _sum(numbers: Mapping[date, int], first: date, days: int) -> int:
    return sum(numbers.get(first + timedelta(days=offset), 0) for offset in range(days))


def _round_up(number: int) -> int:
    """The next number that reads well on an axis and can be halved."""
    powers: Iterator[int] = (10**power for power in itertools.count())
    steps = (step * power for power in powers for step in (2, 4, 10))
    return next(step for step in steps if step >= number)


def _column(number: int, top: int, index: int, count: int, *, inset: int) -> Column:
    start = LEFT + _PLOT_WIDTH * index // count
    width = (LEFT + _PLOT_WIDTH * (index + 1) // count - start) * 4 // 5
    margin = width // inset if inset else 0
    height = _PLOT_HEIGHT * number // top
    return Column(
        number=number,
        x=start + margin,
        y=_TOP + _PLOT_HEIGHT - height,
        width=max(1, width - 2 * margin),
        height=height,
    )


def _line(number: int, top: int) -> Line:
    y = _TOP + _PLOT_HEIGHT - _PLOT_HEIGHT * number // top
    return Line(number, y, y + 5)

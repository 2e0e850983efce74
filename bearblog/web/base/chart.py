"""A chart of bars as whole numbers of a drawing, ready for the template that writes SVG."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

WIDTH = 960
_MOST_LABELS = 5
# What is not nothing can be seen.
_LEAST_HEIGHT = 2


@dataclass(frozen=True)
class Frame:
    """How large a drawing and its letters are, and how much room the numbers need at its left."""

    height: int = 256
    left: int = 80
    letters: int = 15

    @property
    def top(self) -> int:
        """Where the bars end above."""
        return self.letters * 4 // 5

    @property
    def plot_height(self) -> int:
        """How high the highest bar is."""
        return self.height - self.top - (10 + 2 * self.letters)


@dataclass(frozen=True)
class Point:
    """What one bar says, and the numbers that its two columns stand for; None for what is not known."""

    words: str
    label: str
    wide: float | None = None
    narrow: float | None = None


@dataclass(frozen=True)
class Column:
    """One rectangle."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Bar:
    """A wide column behind, and a narrow one before it; a label below where there is room for one."""

    words: str
    label: str
    x: int
    wide: Column | None
    narrow: Column | None


@dataclass(frozen=True)
class Line:
    """A line across the chart, and the number that it stands for."""

    number: str
    y: int
    label_y: int


@dataclass(frozen=True)
class Chart:
    """All that the drawing is made of."""

    bars: list[Bar]
    # Where nothing is known.
    gaps: list[Column]
    lines: list[Line]
    height: int
    left: int
    label_y: int
    width: int = WIDTH


def draw(
    points: Sequence[Point],
    *,
    frame: Frame,
    top: float | None = None,
    write: Callable[[float], str] = "{:.0f}".format,
) -> Chart:
    """The chart of the points, up to the top or, without one, to the next round number above all of them."""
    canvas = _Canvas(frame, len(points), top or round_up(max(map(_highest, points), default=0)))
    return Chart(
        bars=[canvas.bar(index, point) for index, point in enumerate(points)],
        gaps=canvas.gaps(points),
        lines=[canvas.line(number, write) for number in (0, canvas.top / 2, canvas.top)],
        height=frame.height,
        left=frame.left,
        label_y=frame.height - 8,
    )


def round_up(number: float) -> int:
    """The next number that reads well on an axis and can be halved."""
    powers: Iterator[int] = (10**power for power in itertools.count())
    steps = (step * power for power in powers for step in (2, 4, 10))
    return next(step for step in steps if step >= number)


def _highest(point: Point) -> float:
    return max(point.wide or 0, point.narrow or 0)


@dataclass(frozen=True)
class _Canvas:
    """Where the bars of a chart stand, and how high."""

    frame: Frame
    count: int
    top: float

    def bar(self, index: int, point: Point) -> Bar:
        has_label = index % -(-self.count // _MOST_LABELS) == 0
        return Bar(
            words=point.words,
            label=point.label if has_label else "",
            x=self.start(index),
            wide=self.column(index, point.wide, inset=0),
            narrow=self.column(index, point.narrow, inset=0 if point.wide is None else 4),
        )

    def column(self, index: int, number: float | None, *, inset: int) -> Column | None:
        if number is None:
            return None
        width = (self.start(index + 1) - self.start(index)) * 4 // 5
        margin = width // inset if inset else 0
        height = min(int(self.frame.plot_height * number / self.top), self.frame.plot_height)
        height = max(height, _LEAST_HEIGHT) if number > 0 else 0
        return Column(
            x=self.start(index) + margin,
            y=self.frame.top + self.frame.plot_height - height,
            width=max(1, width - 2 * margin),
            height=height,
        )

    def gaps(self, points: Sequence[Point]) -> list[Column]:
        """Each run of points of which nothing is known, as one column."""
        found = []
        runs = itertools.groupby(range(self.count), lambda index: _is_unknown(points[index]))
        for is_unknown, run in runs:
            if is_unknown:
                indexes = list(run)
                start, end = self.start(indexes[0]), self.start(indexes[-1] + 1)
                found.append(Column(start, self.frame.top, end - start, self.frame.plot_height))
        return found

    def line(self, number: float, write: Callable[[float], str]) -> Line:
        y = self.frame.top + self.frame.plot_height - int(self.frame.plot_height * number / self.top)
        return Line(write(number), y, y + self.frame.letters // 3)

    def start(self, index: int) -> int:
        return self.frame.left + (WIDTH - self.frame.left) * index // self.count


def _is_unknown(point: Point) -> bool:
    return point.wide is None and point.narrow is None

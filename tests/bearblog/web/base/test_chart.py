"""A chart is whole numbers of a drawing: bars as high as what they stand for, gaps where nothing is known."""

import pytest

from bearblog.web.base.chart import WIDTH, Column, Frame, Point, draw, round_up

FRAME = Frame(height=200, left=60)


def points(*narrow: float | None) -> list[Point]:
    return [
        Point(words=f"Bar {index}", label=f"{index}", narrow=number) for index, number in enumerate(narrow)
    ]


def heights(*narrow: float | None, top: float | None = None) -> list[int | None]:
    drawn = draw(points(*narrow), frame=FRAME, top=top)
    return [bar.narrow.height if bar.narrow else None for bar in drawn.bars]


def test_bars_are_as_high_as_their_numbers() -> None:
    full = FRAME.plot_height
    assert heights(0, 5, 10) == [0, full // 2, full]
    assert heights(5, top=20.0) == [full // 4]


def test_all_bars_stand_on_one_line_and_within_the_frame() -> None:
    drawn = draw([Point("", "", wide=float(n), narrow=n / 2) for n in range(121)], frame=FRAME)
    columns = [column for bar in drawn.bars for column in (bar.wide, bar.narrow) if column]
    assert {column.y + column.height for column in columns} == {drawn.lines[0].y}
    assert min(column.x for column in columns) >= drawn.left
    assert max(column.x + column.width for column in columns) <= WIDTH
    assert min(column.y for column in columns) >= drawn.lines[-1].y


def test_the_narrow_column_stands_before_the_middle_of_the_wide_one() -> None:
    (bar,) = draw([Point("", "", wide=2, narrow=1)], frame=FRAME).bars
    assert bar.wide is not None and bar.narrow is not None
    assert bar.narrow.x - bar.wide.x == (bar.wide.width - bar.narrow.width) / 2 > 0


def test_one_in_a_crowd_can_be_seen() -> None:
    assert heights(1, 0, 1_000_000)[:2] == [2, 0]


def test_a_number_above_the_top_stays_within_the_frame() -> None:
    assert heights(30, top=20.0) == [FRAME.plot_height]


def test_what_is_not_known_is_a_gap_and_no_bar() -> None:
    drawn = draw(points(None, None, 1, None, 0), frame=FRAME)
    assert [bar.narrow is None for bar in drawn.bars] == [True, True, False, True, False]
    assert drawn.gaps == [
        Column(60, FRAME.top, 360, FRAME.plot_height),
        Column(600, FRAME.top, 180, FRAME.plot_height),
    ]


@pytest.mark.parametrize("count", [1, 5, 7, 30, 120, 130])
def test_labels_are_few(count: int) -> None:
    labels = [bar.label for bar in draw(points(*[1.0] * count), frame=FRAME).bars if bar.label]
    assert labels[0] == "0"
    assert len(labels) <= 5


def test_lines_say_what_they_stand_for() -> None:
    drawn = draw(points(7), frame=FRAME, write="{:.1f} s".format)
    assert [line.number for line in drawn.lines] == ["0.0 s", "5.0 s", "10.0 s"]


@pytest.mark.parametrize(
    ("number", "top"), [(0, 2), (0.3, 2), (2, 2), (2.1, 4), (9, 10), (11, 20), (41, 100)]
)
def test_the_top_reads_well_and_can_be_halved(number: float, top: int) -> None:
    assert round_up(number) == top


def test_a_chart_of_nothing_can_be_drawn() -> None:
    assert draw([], frame=FRAME).bars == []
    assert heights(None) == [None]

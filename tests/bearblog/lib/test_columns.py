"""Rows of words below each other."""

from bearblog.lib.columns import aligned


def test_cells_stand_below_each_other() -> None:
    assert aligned([("a", "what"), ("long", "b")]) == ["a     what", "long  b"]


def test_numbers_can_end_below_each_other() -> None:
    assert aligned([("a", "size"), ("long", "1")], to_the_right=1) == ["a     size", "long     1"]


def test_no_row_is_no_line() -> None:
    assert aligned([]) == []

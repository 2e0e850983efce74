"""Numbers that somebody else has written."""

import pytest

from bearblog.lib import row_numbers


def test_a_number_is_read() -> None:
    assert row_numbers.read("47") == 47
    assert row_numbers.read("9" * 18) == 10**18 - 1


@pytest.mark.parametrize("typed", ["", "x", "-1", "1.0", " 1", "٣", "²", "9" * 19, "9" * 5000])
def test_what_can_be_no_rows_number_is_none(typed: str) -> None:
    assert row_numbers.read(typed) is None


def test_of_many_those_that_can_be_stay() -> None:
    assert row_numbers.read_all(["1", "x", "2", "9" * 30]) == [1, 2]

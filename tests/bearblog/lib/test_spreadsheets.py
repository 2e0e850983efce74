"""Cells that are never calculated."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bearblog.lib.spreadsheets import harmless, original


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "'=1", '=HYPERLINK("x")'])
def test_a_formula_becomes_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "plain", "1+1", "a@example.org", "'quoted'", "2026-11-21"])
def test_words_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@given(some.text(alphabet="'=+-@ \n\ta1"))
def test_the_way_back_is_sure(cell: str) -> None:
    assert original(harmless(cell)) == cell

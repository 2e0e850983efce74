"""Two texts side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearblog.lib.comparison import MOST_ROWS, Line, Piece, compare


def shown(line: Line | None) -> str:
    if line is None:
        return "-"
    return "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in line.pieces)


def rows(old: str, new: str) -> list[tuple[str, str] | int]:
    return [row.left_out or (shown(row.old), shown(row.new)) for row in compare(old, new)]


def test_a_changed_word_is_marked_on_both_sides() -> None:
    assert rows("The rain talked.", "The sun talked.") == [("The [rain ]talked.", "The [sun ]talked.")]


def test_lines_that_came_or_went_stand_alone() -> None:
    assert rows("one\nthree", "one\ntwo\nthree") == [("one", "one"), ("-", "[two]"), ("three", "three")]
    assert rows("one\ntwo", "one") == [("one", "one"), ("[two]", "-")]


def test_long_runs_without_a_change_are_left_out() -> None:
    same = "\n".join(str(number) for number in range(20))
    found = rows(f"a\n{same}\nb", f"A\n{same}\nB")
    assert found == [
        ("[a]", "[A]"),
        *[(str(n), str(n)) for n in (0, 1, 2)],
        14,
        *[(str(n), str(n)) for n in (17, 18, 19)],
        ("[b]", "[B]"),
    ]


def test_before_the_first_and_after_the_last_change_little_is_shown() -> None:
    same = "\n".join(str(number) for number in range(9))
    assert rows(f"{same}\na\n{same}", f"{same}\nb\n{same}")[0] == 6
    assert rows(f"{same}\na\n{same}", f"{same}\nb\n{same}")[-1] == 6


def test_the_same_text_has_no_rows() -> None:
    assert compare("same\ntext", "same\ntext") == ()


def test_a_line_without_a_common_word_is_changed_as_a_whole() -> None:
    old, new = "a " * 4000, "b " * 4000
    assert rows(old, new) == [(f"[{old}]", f"[{new}]")]


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_no_line_is_lost_and_numbers_run_on(old: str, new: str) -> None:
    for side, text in (("old", old), ("new", new)):
        at = 1
        for row in compare(old, new):
            line: Line | None = getattr(row, side)
            if line is not None:
                assert (line.number, "".join(piece.text for piece in line.pieces)) == (
                    at,
                    text.split("\n")[at - 1],
                )
            at += row.left_out or (line is not None)
        assert at == (1 if old == new else len(text.split("\n")) + 1)


def test_pieces_say_whether_they_changed() -> None:
    (row,) = compare("a b", "a c")
    assert row.old is not None
    assert row.old.pieces == (Piece("a ", False), Piece("b", True))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Each of these kept a page busy for minutes: the search for what is common grew with the square.
        ("\n".join(str(n % 150) for n in range(60_000)), "\n".join(str(n * 7 % 150) for n in range(60_000))),
        ("\n".join(f"{n}\nx" for n in range(60_000)), "\n".join(f"{n}\ny" for n in range(60_000))),
        ("\n".join(["a b " * 700] * 9), "\n".join(["a c " * 700] * 9)),
    ],
    ids=["few lines many times", "every other line", "few words many times"],
)
def test_what_would_take_for_ever_is_compared_roughly(old: str, new: str) -> None:
    assert any(row.is_changed for row in compare(old, new))


def test_a_small_change_in_a_long_text_is_found_however_often_its_lines_recur() -> None:
    same = [str(number % 150) for number in range(60_000)]
    assert rows("\n".join([*same, "a", *same]), "\n".join([*same, "b", *same]))[4] == ("[a]", "[b]")


def test_no_more_rows_are_shown_than_a_page_can_hold() -> None:
    found = compare("a\n" * 90_000, "b\n" * 90_000)
    assert len(found) == MOST_ROWS + 1
    assert found[-1].is_cut

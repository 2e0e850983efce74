"""Text made fit for storing."""

from xml.etree import ElementTree  # noqa: S405  # it only reads what the test wrote
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from bearblog.lib import plain_text


def test_line_ends_become_plain_newlines() -> None:
    assert plain_text.tidy("a\r\nb\rc\n") == "a\nb\nc\n"


def test_accents_are_joined_with_their_letters() -> None:
    assert plain_text.tidy("e\u0301") == "\u00e9"


def test_one_line_has_single_spaces() -> None:
    assert plain_text.one_line("  a\n\tb\u00a0 c\0 ") == "a b c"


@given(st.text())
def test_tidy_text_can_stand_in_a_feed(text: str) -> None:
    tidy = plain_text.tidy(text)
    ElementTree.fromstring(f"<a>{escape(tidy)}</a>")  # noqa: S314
    assert plain_text.tidy(tidy) == tidy


def test_a_letter_carries_thirty_marks_at_most() -> None:
    # To sort a pile of a hundred thousand takes minutes in which nobody else is served.
    assert (
        plain_text.tidy("a" + "\u0301\u0323" * 100_000 + "b")
        == plain_text.tidy("a" + "\u0301\u0323" * 15) + "b"
    )
    assert plain_text.tidy("e\u0301") == "\u00e9"

"""The lines above a text, and everything that can be wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearblog.lib import header_lines, plain_text

KEYS = ("title", "meta_description", "published_date", "tags")


def test_lines_are_split_at_their_first_colon() -> None:
    header = header_lines.split("title: One: two\r\n\r\n  Tags :a, b  \ntitle", KEYS)
    assert header.value("title") == "One: two"
    assert header.value("tags") == "a, b"
    assert header.value("published_date") is None
    assert header.lines["tags"].number == 3


@pytest.mark.parametrize(
    "key", ["META_DESCRIPTION", "meta-description", "Meta Description", " meta__description "]
)
def test_a_key_is_known_in_every_spelling(key: str) -> None:
    assert header_lines.split(f"{key}: x", KEYS).value("meta_description") == "x"


def test_all_problems_are_said_at_once_with_their_lines() -> None:
    header = header_lines.split("title: a\nno colon\ntgas: x\n\nTitle: b\nwhatever: y", KEYS)
    assert [(problem.line_number, problem.key) for problem in header.problems] == [
        (2, ""),
        (3, "tgas"),
        (5, "title"),
        (6, "whatever"),
    ]
    said = header_lines.sentence_of(header.problems)
    assert "Line 2: “no colon” has no colon" in said
    assert "Did you mean tags?" in said
    assert "stands in line 1 already" in said
    assert "The keys are title, meta_description" in said
    assert header.value("title") == "a"


def test_a_header_as_long_as_a_book_is_refused_whole() -> None:
    header = header_lines.split("title: x\n" * 10_000, KEYS)
    assert len(header.problems) == 1
    assert not header.lines


def test_many_problems_are_counted_not_all_told() -> None:
    header = header_lines.split("nothing\n" * 100, KEYS)
    assert "There are 90 more" in header_lines.sentence_of(header.problems)


@given(st.text())
def test_any_text_is_split_and_no_line_is_passed_over(typed: str) -> None:
    header = header_lines.split(typed, KEYS)
    found = {line.number for line in header.lines.values()} | {each.line_number for each in header.problems}
    lines = plain_text.tidy(typed).split("\n")
    assert found == {number for number, line in enumerate(lines, start=1) if line.strip()}
    assert all(problem.sentence for problem in header.problems)


@given(st.dictionaries(st.sampled_from(KEYS), st.text(alphabet=st.characters(categories=["L", "N", "P"]))))
def test_what_is_written_is_read_again(values: dict[str, str]) -> None:
    typed = "\r\n".join(f"{key}: {value}" for key, value in values.items())
    header = header_lines.split(typed, KEYS)
    assert {key: line.value for key, line in header.lines.items()} == {
        key: plain_text.one_line(value) for key, value in values.items()
    }
    assert not header.problems

"""Markdown as bare words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearblog.domain.posts.bare_text import bare_text


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# Title\n\nSome *very* **big** `code`.", "Title Some very big code."),
        ('[a link](https://example.org/x_(y) "t") ![alt](/media/a.webp)', "a link alt"),
        ("[text][ref]\n\n[ref]: https://example.org", "text https://example.org"),
        ("> quoted\n>> twice\n\n- [x] done\n1. one", "quoted twice done one"),
        ("```python\nx = 1\n```", "x = 1"),
        ("<div class='x'>in &amp; out</div><!-- no -->", "in & out"),
        ("{{ posts | tag: a }} snake_case _it_ ==mark== ~~no~~", "snake_case it mark no"),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a b 1 2"),
        ("---\n\nx \\* y", "x * y"),
        ("标题 **字**", "标题 字"),
        (".. toc:: Here\n\n> [!TIP]\n> Water.[^1]\n\n[^1]: foot", "Here Water. foot"),
    ],
)
def test_the_signs_of_markdown_are_gone(markdown: str, words: str) -> None:
    assert bare_text(markdown, 1_000) == words


@given(st.text(alphabet="[]()<>!*_`~{}|#- \n\\a&;"), st.integers(1, 50))
def test_any_text_becomes_one_line_of_that_length(markdown: str, most: int) -> None:
    bare = bare_text(markdown, most)
    assert len(bare) <= most
    assert "\n" not in bare


def test_a_text_made_to_be_slow_is_not() -> None:
    for piece in ("[", "![", "<a ", "[](", "{{ ", "<!--", "* ", "_", "|-", "> ", "a_", " "):
        assert len(bare_text(piece * 100_000 + "x", 100_000)) <= 100_000

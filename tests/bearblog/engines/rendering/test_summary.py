"""The first words of a text."""

import pytest

from bearblog.engines.rendering import summary


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One &amp; two.</p>\n<p>Three.</p>", "One & two. Three."),
        ('<p>a <img alt="x > y" src="/z">b</p>', "a b"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ('<details class="toc" open=""><summary>In</summary></details><script>b()</script><p>a</p>', "a"),
        ('<p>a<sup class="footnote-ref" id="fnref-1"><a href="#fn-1">1</a></sup>.</p>', "a."),
        ('<p>a</p><section class="footnotes"><ol><li>foot</li></ol></section>', "a"),
        ("", ""),
    ],
)
def test_a_short_text_is_given_whole(markup: str, words: str) -> None:
    assert summary.summarise(markup) == words


def test_a_long_text_is_cut_between_words() -> None:
    words = summary.summarise("<p>" + "word, " * 5000 + "</p>")
    assert words.endswith("word…")
    assert len(words) <= 160


def test_a_text_without_spaces_is_cut_between_letters() -> None:
    assert summary.summarise("字" * 300) == "字" * 159 + "…"

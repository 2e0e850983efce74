"""The first words of a rendered text, for feeds and descriptions."""

import html
import re

_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
# What is no part of the first words: programs, players, tables of contents, footnotes and their numbers.
_LEFT_OUT = re.compile(
    r"<(script|style|iframe)\b[^>]*>.*?</\1>"
    r'|<details class="toc".*?</details>|<sup class="footnote-ref".*?</sup>'
    r'|<section class="footnotes".*?</section>',
    re.DOTALL,
)
# Enough for any summary, so that a text of a megabyte is not searched to its end.
_CONSIDERED = 20_000


def without_tags(markup: str) -> str:
    """The text of the markup, its character references left as they are."""
    return _TAG.sub("", markup)


def summarise(markup: str, most: int = 160) -> str:
    """The first words of rendered HTML as plain text, cut between words, with an ellipsis when cut."""
    start = _LEFT_OUT.sub("", markup[:_CONSIDERED])
    if start.rfind("<") > start.rfind(">"):
        start = start[: start.rfind("<")]
    spaced = re.sub(r"</(p|li|h\d|td|th|dd|dt|div|pre|blockquote)>|<br>", " ", start)
    text = " ".join(html.unescape(without_tags(spaced)).split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    word_end = cut.rfind(" ")
    return (cut[:word_end] if word_end > most // 2 else cut).rstrip(" ,;:.-") + "…"

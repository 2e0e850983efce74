"""A Markdown text as bare words, quickly and roughly, for the search and for lists."""

import html
import re

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Each rule looks only so far: no text, however it is made, takes longer than its length deserves.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"^[ \t]*(?:`{3,}|~{3,})[^\n`]*$", ""),
        (r"^[ \t]*\.\.[ \t]+[A-Za-z]{1,20}::", " "),
        (r"\[(?:![A-Za-z]{1,20}|\^[^\[\]\s]{1,100})\](?![(\[]):?", " "),
        (r"\{\{[^{}\n]{0,300}\}\}", " "),
        (r"<!--[^<>]{0,2000}-->", " "),
        (r"</?[A-Za-z][^<>]{0,2000}>", " "),
        (
            r"!?\[([^\[\]]{0,500})\]\((?:[^()\s]|\([^()\s]{0,100}\)){0,500}(?:\s{1,5}\"[^\"\n]{0,300}\")?\)",
            r"\1",
        ),
        (r"!?\[([^\[\]]{0,500})\]\[[^\[\]]{0,200}\]", r"\1"),
        (r"^ {0,3}\[[^\[\]\n]{1,200}\]:", " "),
        (r"^[ \t]*(?:>[ \t]?)+", ""),
        (r"^[ \t]*(?:#{1,6}|[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?", ""),
        (r"^[ \t]{0,20}(?:[-*_=][ \t]?){3,200}$", ""),
        (r"^[ \t]{0,20}\|[ \t:|-]{2,300}$", ""),
        (r"[*~`|]+|==+", ""),
        (r"(?<!\w)_{1,3}|_{1,3}(?!\w)", ""),
    )
)


def bare_text(markdown: str, most: int) -> str:
    """At most so many characters of the words in the text, in one line, without the signs of Markdown."""
    text = _ESCAPED.sub(lambda escaped: f"&#{ord(escaped[1])};", markdown[: 2 * most])
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return " ".join(html.unescape(text).split())[:most]

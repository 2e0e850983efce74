"""Showing where the words that were asked for stand in a text."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from bearblog.domain.posts.search_words import Query, Term, folded, is_sign

_BEFORE = 60
_LENGTH = 220
_MOST_MARKS = 50


class Marker:
    """Marks the words of one query."""

    def __init__(self, query: Query) -> None:
        self._pattern = re.compile("|".join(_pattern(term) for term in query.wanted))

    def marked(self, text: str) -> SafeString:
        """The whole text as safe HTML, the words marked."""
        return self._marked(text, 0, len(text))

    def snippet(self, text: str) -> SafeString:
        """The part of the text around the first of the words, or its beginning, as safe HTML."""
        found = self._pattern.search(folded(text))
        start = _word_start(text, max(0, found.start() - _BEFORE)) if found else 0
        end = min(len(text), start + _LENGTH)
        if end < len(text) and (space := text.rfind(" ", start + _LENGTH // 2, end)) > 0:
            end = space
        marked = self._marked(text, start, end)
        return mark_safe(("… " if start else "") + marked + (" …" if end < len(text) else ""))  # noqa: S308 - escaped

    def _marked(self, text: str, start: int, end: int) -> SafeString:
        plain = folded(text[start:end])
        pieces, place = [], start
        for number, found in enumerate(self._pattern.finditer(plain)):
            if number >= _MOST_MARKS:
                break
            first, last = start + found.start(), start + found.end()
            pieces += [escape(text[place:first]), "<mark>", escape(text[first:last]), "</mark>"]
            place = last
        return mark_safe("".join([*pieces, escape(text[place:end])]))  # noqa: S308 - each piece is escaped


def _pattern(term: Term) -> str:
    words = [re.escape(word) for word in re.findall(r"\w+", folded(term.text))]
    joined = r"\W{1,20}".join(words)
    # Where words stand without spaces, what was asked for may begin and end anywhere.
    start = "" if is_sign(term.text[0]) else r"(?<!\w)"
    end = r"\w*" if term.goes_on else "" if is_sign(term.text[-1]) else r"(?!\w)"
    if term.goes_on and is_sign(term.text[-1]):
        end = ""
    return start + joined + end


def _word_start(text: str, place: int) -> int:
    space = text.find(" ", place, place + _BEFORE)
    return space + 1 if place and space > 0 else place

"""Words as the search index keeps them and as people ask for them, in any script."""

import re
import unicodedata
from dataclasses import dataclass

from bearblog.lib import plain_text

MAX_QUERY = 300
MAX_TERMS = 12

# Scripts that are written without spaces, or whose words grow endings: each sign is a word of its own
# there, so that any run of signs is found.
_SIGN = (
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007"
    "\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
# An invisible space: it parts words for the index, and is taken out again before anybody reads it.
_GAP = "\u200b"
_SIGNS = re.compile(f"{_SIGN}+")
# Vowel signs of Arabic and Hebrew, which most people leave out.
_VOWELS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"
)
_TERM = re.compile(r'(-?)"([^"]*)"?|([^\s"]+)')
_ALL = "{title tags text spellings}"
# Greek and Cyrillic, whose accents SQLite does not fold as it folds those of Latin letters.
_ACCENTED_WORD = re.compile("[\u0370-\u052f\u1f00-\u1fff]+")


class _Folding(dict[int, int]):
    """Letter for letter without accents and capitals; each letter keeps its place."""

    def __missing__(self, code: int) -> int:
        parts = unicodedata.normalize("NFD", chr(code))
        letter, marks = parts[0], parts[1:]
        # Other marks make other letters: two signs of Korean or Japanese must not become one.
        is_accented = all("\u0300" <= mark <= "\u036f" and mark != "\u0306" for mark in marks)
        plain = (letter if is_accented else chr(code)).lower()
        self[code] = ord("σ" if plain == "ς" else plain) if len(plain) == 1 else code
        return self[code]


_FOLDING = _Folding()


@dataclass(frozen=True)
class Term:
    """A word, or several that stand together; it goes on where the word may be the start of a longer one."""

    text: str
    goes_on: bool = False

    @property
    def quoted(self) -> str:
        """The term as SQLite reads it; nothing in it can be an operator."""
        ending = "*" if self.goes_on else ""
        texts = [self.text, folded(self.text)] if _ACCENTED_WORD.search(self.text) else [self.text]
        quoted = ('"' + parted(text).replace('"', '""') + '"' + ending for text in texts)
        return f"({' OR '.join(quoted)})"


@dataclass(frozen=True)
class Query:
    """What must be there, and what must not."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    def match(self, blog_pk: int | None, columns: str = _ALL) -> str:
        """What SQLite is to look for in this blog, or in all blogs where none is given."""
        wanted = " AND ".join(term.quoted for term in self.wanted)
        place = "" if blog_pk is None else f'place : "{place_word(blog_pk)}" AND '
        match = f"{place}{columns} : ({wanted})"
        if not self.unwanted:
            return match
        unwanted = " OR ".join(term.quoted for term in self.unwanted)
        return f"({match}) NOT {_ALL} : ({unwanted})"


def read_query(typed: str) -> Query:
    """What was asked for, whatever was typed.

    All words must be there, the last one may go on; quotes keep words together; a hyphen excludes.
    """
    wanted: list[Term] = []
    unwanted: list[Term] = []
    line = _VOWELS.sub("", plain_text.one_line(typed[:MAX_QUERY]))
    found = list(_TERM.finditer(line))[:MAX_TERMS]
    for term in found:
        is_phrase = term[3] is None
        text = term[2] if is_phrase else term[3]
        is_unwanted = term[1] == "-" if is_phrase else text.startswith("-")
        bare = _trimmed(text)
        if not bare:
            continue
        goes_on = term is found[-1] and not is_phrase and not is_unwanted
        (unwanted if is_unwanted else wanted).append(Term(bare, goes_on))
    return Query(tuple(wanted), tuple(unwanted))


def folded(text: str) -> str:
    """The text without accents and capitals, each letter in its place."""
    return text.translate(_FOLDING)


def spellings(text: str) -> str:
    """The words of the text that people also write without their accents, so written."""
    words = {word.lower() for word in _ACCENTED_WORD.findall(text)}
    return " ".join(sorted(folded(word) for word in words if folded(word) != word))


def parted(text: str) -> str:
    """The text with gaps around the signs of scripts that are written without spaces."""
    return _SIGNS.sub(_part, _VOWELS.sub("", text.replace(_GAP, "")))


def whole(text: str) -> str:
    """The text without its gaps."""
    return text.replace(_GAP, "")


def is_sign(character: str) -> bool:
    """Whether the character belongs to a script that is written without spaces."""
    return _SIGNS.match(character) is not None


def place_word(blog_pk: int) -> str:
    """The word that stands in the index for a blog."""
    return f"blog{blog_pk}"


def _part(run: re.Match[str]) -> str:
    pieces: list[str] = []
    for sign in run[0]:
        if pieces and unicodedata.category(sign)[0] == "M":
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return _GAP + _GAP.join(pieces) + _GAP


def _trimmed(text: str) -> str:
    letters = [place for place, character in enumerate(text) if unicodedata.category(character)[0] in "LN"]
    if not letters:
        return ""
    end = letters[-1] + 1
    while end < len(text) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return text[letters[0] : end]

"""`{{ name | key: value }}` in a text: found, read forgivingly, kept out of Markdown's way."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# A name, then arguments behind pipes; a directive may go over a line's end but never over an empty line.
_TYPED = re.compile(
    r"(?<!\\)\{\{\s{0,20}([A-Za-z][A-Za-z0-9 _-]{0,60}?)\s{0,20}"
    r"(?:\|((?:[^{}\n]|\n(?![ \t]*\n)){0,1000}))?\}\}"
)
_SECRET_LETTERS = 20
# Begins with a digit, so that it can never be the name of a tag.
_PLACEHOLDER = re.compile("1([0-9a-f]{20})x([0-9]{1,7})z")
# What goes beyond stays as typed: each may ask the database, and bring a long list.
_MOST_DIRECTIVES = 200
_YES = ("", "true", "yes", "on", "1")


@dataclass(frozen=True)
class Directive:
    """A directive as read: its name in lower case with hyphens, its arguments in order, what was typed."""

    name: str
    arguments: tuple[tuple[str, str], ...]
    typed: str


@dataclass(frozen=True)
class Replacement:
    """What stands in a directive's place: HTML that is trusted, and plain text for attributes."""

    html: str
    is_block: bool = False
    plain: str = ""


Resolver = Callable[[Directive], Replacement | None]


def keep_typed(directive: Directive) -> Replacement | None:
    """None: leaves every directive as typed."""
    return None


def is_true(value: str) -> bool:
    """Whether an argument's value says yes, in any case; one without a value says so too."""
    return value.strip().strip("'\"").lower() in _YES


class Placeholders:
    """The directives of one text, each standing in it as a word that no author can guess.

    The word is made of a secret, 20 or more letters from 0 to f, that is made of the whole text by a key:
    whoever learned it and wrote it into a text would have written a text with another.
    """

    def __init__(self, resolve: Resolver, secret: str) -> None:
        self._resolve = resolve
        self._secret = secret[:_SECRET_LETTERS]
        self._found: list[Directive] = []
        self._numbers: dict[str, int] = {}
        self._replacements: dict[int, Replacement | None] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def were_asked(self) -> bool:
        """Whether it was asked already what stands in the place of a directive."""
        return bool(self._replacements)

    def hide(self, text: str) -> str:
        """The text with a placeholder for each directive."""
        return _TYPED.sub(self._hide_one, text) if "{{" in text else text

    def _hide_one(self, match: re.Match[str]) -> str:
        typed = match[0]
        if typed not in self._numbers and len(self._found) >= _MOST_DIRECTIVES:
            return typed
        number = self._numbers.setdefault(typed, len(self._found))
        if number == len(self._found):
            self._found.append(Directive(_key(match[1]), _arguments(match[2] or ""), typed))
        return f"1{self._secret}x{number}z"

    def is_placeholder(self, word: str) -> bool:
        """Whether the word is one of this text's placeholders."""
        match = _PLACEHOLDER.fullmatch(word)
        return match is not None and match[1] == self._secret and int(match[2]) < len(self._found)

    def directive(self, placeholder: str) -> Directive:
        """The directive that a placeholder stands for."""
        return self._found[_number(placeholder)]

    def replacement(self, placeholder: str) -> Replacement | None:
        """What stands in the place of a directive, asked for once; None where it stays as typed."""
        number = _number(placeholder)
        if number not in self._replacements:
            self._replacements[number] = self._resolve(self._found[number])
        return self._replacements[number]

    def restore(self, text: str) -> str:
        """The text with every directive as typed, for places where none is meant, such as code."""
        return self._each(text, lambda placeholder: self.directive(placeholder).typed)

    def plain(self, text: str) -> str:
        """The text with every directive as plain words, for attributes and anchors."""
        return self._each(text, self._plain_one)

    def _plain_one(self, placeholder: str) -> str:
        replacement = self.replacement(placeholder)
        return self.directive(placeholder).typed if replacement is None else replacement.plain

    def _each(self, text: str, written: Callable[[str], str]) -> str:
        if not self._found or self._secret not in text:
            return text
        return _PLACEHOLDER.sub(
            lambda match: written(match[0]) if self.is_placeholder(match[0]) else match[0], text
        )


def _number(placeholder: str) -> int:
    return int(placeholder.rpartition("x")[2][:-1])


def _key(words: str) -> str:
    return re.sub("[ _-]+", "-", words.strip().lower())


def _arguments(typed: str) -> tuple[tuple[str, str], ...]:
    parts = (part.partition(":") for part in typed.split("|") if part.strip())
    return tuple((_key(key), " ".join(value.split())) for key, _, value in parts)

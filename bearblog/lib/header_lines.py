"""The `key: value` lines above a text: split, with everything that is wrong in them said at once."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bearblog.lib import plain_text

MOST_CHARACTERS = 20_000
_MOST_SHOWN = 40
_MOST_SAID = 10


@dataclass(frozen=True)
class HeaderLine:
    """One line that could be read; its key is one of the known ones."""

    number: int
    key: str
    value: str


@dataclass(frozen=True)
class HeaderProblem:
    """What is wrong with a line, in a sentence for a person."""

    line_number: int
    key: str
    sentence: str


@dataclass(frozen=True)
class Header:
    """The lines by their keys, and what could not be read."""

    lines: Mapping[str, HeaderLine] = field(default_factory=dict)
    problems: tuple[HeaderProblem, ...] = ()

    def value(self, key: str) -> str | None:
        """The value of the line with this key, None where there is no such line."""
        line = self.lines.get(key)
        return None if line is None else line.value

    def problem(self, key: str, sentence: str) -> HeaderProblem:
        """A problem with the line of this key, or with line 0 where there is none."""
        line = self.lines.get(key)
        return HeaderProblem(line.number if line else 0, key, sentence)


def split(typed: str, known_keys: Collection[str]) -> Header:
    """The lines of the header; keys may be written in any case, with spaces or hyphens for underscores."""
    if len(typed) > MOST_CHARACTERS:
        sentence = f"The header has {len(typed):,} characters; it can have at most {MOST_CHARACTERS:,}."
        return Header(problems=(HeaderProblem(1, "", sentence),))
    lines: dict[str, HeaderLine] = {}
    problems = []
    for number, text in enumerate(plain_text.tidy(typed).split("\n"), start=1):
        if not text.strip():
            continue
        typed_key, colon, value = text.partition(":")
        key = _normal(typed_key)
        if not colon:
            sentence = f"“{_shown(text)}” has no colon. A line is written as key: value."
            problems.append(HeaderProblem(number, "", sentence))
        elif key not in known_keys:
            problems.append(HeaderProblem(number, key, _unknown(typed_key, key, known_keys)))
        elif key in lines:
            sentence = f"{key} is given again; it stands in line {lines[key].number} already."
            problems.append(HeaderProblem(number, key, sentence))
        else:
            lines[key] = HeaderLine(number, key, plain_text.one_line(value))
    return Header(lines, tuple(problems))


def sentence_of(problems: Sequence[HeaderProblem]) -> str:
    """All the problems as one text for a person, each with the number of its line."""
    said = [
        f"Line {problem.line_number}: {problem.sentence}" if problem.line_number else problem.sentence
        for problem in problems[:_MOST_SAID]
    ]
    more = len(problems) - len(said)
    return " ".join([*said, f"There are {more} more like these."] if more else said)


def _normal(typed_key: str) -> str:
    return "_".join(typed_key.replace("-", " ").replace("_", " ").lower().split())


def _unknown(typed_key: str, key: str, known_keys: Collection[str]) -> str:
    nearest = difflib.get_close_matches(key[:_MOST_SHOWN], list(known_keys), n=1)
    advice = f"Did you mean {nearest[0]}?" if nearest else f"The keys are {', '.join(known_keys)}."
    return f"“{_shown(typed_key)}” is no key. {advice}"


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_SHOWN else line[: _MOST_SHOWN - 1] + "…"

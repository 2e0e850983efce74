"""Two texts line by line and word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, islice, takewhile, zip_longest

# So many unchanged lines are shown around a change.
_CONTEXT = 3
# The search for what is common grows with the square of the texts. After so many steps only what both begin
# and end with counts as common: a page must not take longer than its reader waits.
_MOST_STEPS = 6_000_000
MOST_ROWS = 5_000

_WORDS = re.compile(r"\w+\s*|[^\w\s]+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """Part of a line; whether the other text has it not."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class Line:
    """A line of one of the two texts, with its number there."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """What stands side by side: an old and a new line, one of them alone, or a run that is left out.

    Where there are too many for a page, the last row says no more than that.
    """

    old: Line | None = None
    new: Line | None = None
    is_changed: bool = False
    left_out: int = 0
    is_cut: bool = False


def compare(old: str, new: str) -> tuple[Row, ...]:
    """The rows that show how the new text differs; none where the two are the same."""
    if old == new:
        return ()
    rows = tuple(islice(_rows(old.split("\n"), new.split("\n")), MOST_ROWS + 1))
    return rows if len(rows) <= MOST_ROWS else (*rows[:MOST_ROWS], Row(is_cut=True))


def _rows(before: list[str], after: list[str]) -> Iterator[Row]:
    budget = _Budget()
    blocks = _Matcher(before, after, budget).get_opcodes()
    for index, (kind, start, end, new_start, new_end) in enumerate(blocks):
        if kind == "equal":
            yield from _unchanged(before, start, end, new_start, index == 0, index == len(blocks) - 1)
            continue
        pairs = zip_longest(before[start:end], after[new_start:new_end])
        for at, (old_line, new_line) in enumerate(pairs, start=1):
            old_pieces, new_pieces = _pieces(old_line or "", new_line or "", budget)
            yield Row(
                None if old_line is None else Line(start + at, old_pieces),
                None if new_line is None else Line(new_start + at, new_pieces),
                is_changed=True,
            )


def _unchanged(
    lines: list[str], start: int, end: int, new_start: int, is_first: bool, is_last: bool
) -> Iterator[Row]:
    head_end = start if is_first else min(end, start + _CONTEXT)
    tail_start = end if is_last else max(head_end, end - _CONTEXT)
    shift = new_start - start
    yield from (_same(lines[at], at, shift) for at in range(start, head_end))
    if tail_start > head_end:
        yield Row(left_out=tail_start - head_end)
    yield from (_same(lines[at], at, shift) for at in range(tail_start, end))


def _same(text: str, at: int, shift: int) -> Row:
    pieces = (Piece(text, False),)
    return Row(Line(at + 1, pieces), Line(at + shift + 1, pieces))


def _pieces(old: str, new: str, budget: "_Budget") -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    blocks = _Matcher(before, after, budget, autojunk=False).get_opcodes()
    olds = [Piece("".join(before[block[1] : block[2]]), block[0] != "equal") for block in blocks]
    news = [Piece("".join(after[block[3] : block[4]]), block[0] != "equal") for block in blocks]
    return tuple(piece for piece in olds if piece.text), tuple(piece for piece in news if piece.text)


@dataclass
class _Budget:
    """How many steps of searching are left for one page."""

    steps: int = _MOST_STEPS


class _Matcher(SequenceMatcher[str]):
    """Finds what two sequences share, the longest first; once the budget is spent, only the ends."""

    def __init__(
        self, before: Sequence[str], after: Sequence[str], budget: _Budget, *, autojunk: bool = True
    ) -> None:
        super().__init__(None, before, after, autojunk)
        self._before, self._after, self._budget = before, after, budget
        # Where each item stands in the second sequence; the stubs do not know of it.
        places: dict[str, list[int]] = vars(self)["b2j"]
        self._steps_until = [0, *accumulate(1 + len(places.get(item, ())) for item in before)]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        end, new_end = len(self._before) if ahi is None else ahi, len(self._after) if bhi is None else bhi
        steps = self._steps_until[end] - self._steps_until[alo]
        if steps <= self._budget.steps:
            self._budget.steps -= steps
            return super().find_longest_match(alo, end, blo, new_end)
        most = min(end - alo, new_end - blo)
        pairs = ((self._before[alo + at], self._after[blo + at]) for at in range(most))
        if size := sum(1 for _ in takewhile(_is_same, pairs)):
            return Match(alo, blo, size)
        pairs = ((self._before[end - at], self._after[new_end - at]) for at in range(1, most + 1))
        size = sum(1 for _ in takewhile(_is_same, pairs))
        return Match(end - size, new_end - size, size)


def _is_same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]

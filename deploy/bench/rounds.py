"""Things compared in turns, round after round, so that what disturbs the machine disturbs all of them."""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from deploy.bench.load import Load

ROUNDS = 7

K = TypeVar("K")
T = TypeVar("T")


def in_turns(things: Mapping[K, Callable[[], T]], *, rounds: int = ROUNDS) -> dict[K, list[T]]:
    """What each thing gave in each round; the order turns around from round to round."""
    given: dict[K, list[T]] = {name: [] for name in things}
    for number in range(rounds):
        names = list(things) if number % 2 == 0 else list(things)[::-1]
        for name in names:
            given[name].append(things[name]())
    return given


@dataclass(frozen=True)
class Medians:
    """The medians of a thing's loads: requests a second, and milliseconds."""

    rate: float
    p50: float
    p99: float


def medians(loads: list[Load]) -> Medians:
    """The medians over the rounds. Raises RuntimeError where an answer was missing or no page."""
    for load in loads:
        if load.refused or load.broken or not load.requests:
            raise RuntimeError(f"A load was not answered as it should be: {load}.")
    return Medians(
        rate=statistics.median(load.rate for load in loads),
        p50=statistics.median(load.p50 for load in loads),
        p99=statistics.median(load.p99 for load in loads),
    )


def ratio(these: list[Load], those: list[Load]) -> float:
    """The median over the rounds of how many times as fast these were as those of the same round."""
    return statistics.median(one.rate / other.rate for one, other in zip(these, those, strict=True))

import dataclasses

import pytest

from deploy.bench.load import Load
from deploy.bench.rounds import in_turns, medians, ratio

_LOAD = Load(
    requests=1000,
    seconds=2.0,
    bytes=1,
    p50=1.0,
    p99=5.0,
    longest=9.0,
    refused=0,
    broken=0,
    generator=0.4,
)


def _load(requests: int, p99: float = 5.0) -> Load:
    return dataclasses.replace(_LOAD, requests=requests, p99=p99)


def test_things_take_turns_and_each_round_begins_at_the_other_end() -> None:
    asked: list[str] = []

    def thing(name: str) -> int:
        asked.append(name)
        return len(asked)

    given = in_turns({"one": lambda: thing("one"), "two": lambda: thing("two")}, rounds=3)
    assert asked == ["one", "two", "two", "one", "one", "two"]
    assert given == {"one": [1, 4, 5], "two": [2, 3, 6]}


def test_a_slow_round_does_not_move_the_median() -> None:
    found = medians([_load(1000), _load(10, p99=800.0), _load(1100, p99=6.0)])
    assert (found.rate, found.p99) == (500.0, 6.0)


def test_a_ratio_compares_within_a_round() -> None:
    assert ratio([_load(900), _load(90), _load(990)], [_load(1000), _load(100), _load(1000)]) == 0.9


@pytest.mark.parametrize("fault", ["refused", "broken"])
def test_a_load_with_a_missing_answer_has_no_median(fault: str) -> None:
    with pytest.raises(RuntimeError, match="not answered"):
        medians([dataclasses.replace(_LOAD, **{fault: 1})])

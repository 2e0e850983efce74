"""How much one address may ask for in a minute."""

import threading

import pytest

from bearblog.engines.throttle.pace import Pace

SECOND = 1_000_000_000


class Clock:
    """The process's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = 5 * SECOND

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("time.monotonic_ns", made)
    return made


def test_a_minutes_worth_is_there_at_once_and_comes_back_bit_by_bit(clock: Clock) -> None:
    pace = Pace(300)
    assert {pace.spend("a") for _ in range(300)} == {0}
    assert pace.spend("a") == 1
    clock.now += SECOND
    assert [pace.spend("a") for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    clock.now += 60 * SECOND
    assert [pace.spend("a") for _ in range(301)].count(0) == 300


def test_it_says_how_long_to_wait(clock: Clock) -> None:
    pace = Pace(2)
    assert [pace.spend("a") for _ in range(3)] == [0, 0, 30]
    clock.now += 29 * SECOND + 1
    assert pace.spend("a") == 1
    clock.now += SECOND - 1
    assert pace.spend("a") == 0


def test_each_name_has_a_pace_of_its_own(clock: Clock) -> None:
    pace = Pace(1)
    assert [pace.spend(name) for name in ("a", "a", "b")] == [0, 60, 0]


def test_a_name_is_forgotten_once_it_has_its_whole_minute_again(clock: Clock) -> None:
    pace = Pace(60)
    for name in ("a", "a", "b"):
        pace.spend(name)
    clock.now += SECOND
    pace.spend("c")
    assert len(pace) == 3
    clock.now += SECOND
    pace.spend("c")
    assert len(pace) == 1


def test_a_crowd_does_not_fill_the_memory(clock: Clock) -> None:
    pace = Pace(1, most_names=10)
    for number in range(1000):
        pace.spend(str(number))
    assert len(pace) == 10
    assert pace.spend("999") == 60


def test_addresses_are_written_down_nowhere() -> None:
    pace = Pace(60)
    pace.spend("203.0.113.9")
    assert "203.0.113.9" not in repr(vars(pace))


def test_threads_share_one_pace(clock: Clock) -> None:
    pace = Pace(300)
    spent: list[int] = []
    threads = [
        threading.Thread(target=lambda: spent.extend(pace.spend("a") for _ in range(100))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(spent), spent.count(0)) == (800, 300)

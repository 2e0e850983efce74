"""Waiting for slow answers."""

import threading

import pytest

from bearblog.engines.replication import waiting


def test_answers_come_in_the_order_of_the_asks() -> None:
    second = threading.Event()

    def slow() -> int:
        assert second.wait(10)
        return 1

    def quick() -> int:
        second.set()
        return 2

    assert waiting.all_of([slow, quick], lambda done, gone: None) == [1, 2]


def test_it_tells_how_many_have_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_TELL_SECONDS", 0.02)
    told: list[int] = []
    enough = threading.Event()

    def tell(done: int, gone: float) -> None:
        assert gone > 0
        told.append(done)
        if len(told) == 3:
            enough.set()

    assert waiting.all_of([lambda: True, lambda: enough.wait(10)], tell) == [True, True]
    assert told[-1] == 1


def test_the_first_failure_is_raised_and_nothing_more_is_begun() -> None:
    begun: list[int] = []
    failed = threading.Event()

    def fail() -> None:
        failed.set()
        raise OSError("no answer")

    def hold() -> None:
        assert failed.wait(10)

    waits = [hold] * (waiting._AT_ONCE - 1)
    with pytest.raises(OSError, match="no answer"):
        waiting.all_of([fail, *waits, *[lambda: begun.append(1)] * 500], lambda done, gone: None)
    assert len(begun) < 500


def test_without_asks_there_is_nothing_to_wait_for() -> None:
    assert waiting.all_of([], lambda done, gone: None) == []

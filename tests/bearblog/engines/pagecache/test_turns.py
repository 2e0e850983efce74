"""One render of a page at a time."""

import threading
from dataclasses import replace

from bearblog.engines.pagecache import turns
from bearblog.engines.pagecache.places import Place

PLACE = Place("12", 5, 2, "a.example.org", "/post/")


def test_the_turn_of_a_page_is_one_readers_at_a_time() -> None:
    inside, most, began = [], [], threading.Barrier(8)

    def read() -> None:
        began.wait()
        with turns.turn(PLACE, patience=30) as is_ours:
            assert is_ours
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_whoever_has_waited_long_enough_is_told_so() -> None:
    with turns.turn(PLACE), turns.turn(PLACE, patience=0) as is_ours:
        assert not is_ours


def test_pages_do_not_wait_for_one_another() -> None:
    with turns.turn(PLACE), turns.turn(replace(PLACE, version=6), patience=0) as is_ours:
        assert is_ours


def test_nothing_is_kept_of_turns_that_are_over() -> None:
    with turns.turn(PLACE):
        pass
    assert turns._turns == {}

"""Who is told of what: once when it breaks, once when it mends, by each way, and never in floods."""

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from bearblog.engines.alarms import changes, saying, webhook, wording
from bearblog.engines.alarms.book import Book
from bearblog.engines.alarms.changes import HOUR
from bearblog.engines.alarms.saying import Send
from bearblog.engines.alarms.spool import Spotted
from tests.listener import Listener

NOON = 1_795_867_200.0
MINUTE = 60.0
CADDY = "unit caddy.service"


class Box:
    """A book, and what may happen to it, told by the webhook unless other ways are given."""

    def __init__(self, folder: Path, listener: Listener) -> None:
        self.book = Book(folder)
        self.ways: Mapping[str, Send] = {
            "webhook": lambda title, text: webhook.send(listener.url, text, seconds=0.5)
        }

    def break_(self, now: float, name: str = CADDY) -> None:
        with self.book.opened() as state:
            changes.break_(state, name, sentence="It has failed.", mend="See the journal.", now=now)

    def mend(self, now: float, name: str = CADDY) -> None:
        with self.book.opened() as state:
            changes.mend(state, name, now=now)

    def err(self, now: float, place: str = "post.py:41", number: int = 1) -> None:
        with self.book.opened() as state:
            changes.count(state, [Spotted(place, f"ValueError at {place}", now)] * number)

    def say(self, now: float) -> None:
        saying.say(self.book, self.ways, errors_mend="See the log.", now=now)


@pytest.fixture
def box(tmp_path: Path, listener: Listener) -> Box:
    return Box(tmp_path, listener)


def test_it_is_told_once_that_it_breaks_and_once_that_it_mends(box: Box, listener: Listener) -> None:
    for minute in range(3):
        box.break_(NOON + minute * MINUTE)
        box.say(NOON + minute * MINUTE)
    assert listener.texts == [
        "Broken since 2026-11-28 12:00 UTC: unit caddy.service\nIt has failed.\nSee the journal."
    ]
    for minute in range(12, 15):
        box.mend(NOON + minute * MINUTE)
        box.say(NOON + minute * MINUTE)
    assert listener.texts[1:] == ["Mended after 12 minutes: unit caddy.service"]
    assert box.book.read().alarms == {}


def test_what_breaks_again_is_told_again(box: Box, listener: Listener) -> None:
    for minute in (0, 10):
        box.break_(NOON + minute * MINUTE)
        box.say(NOON + minute * MINUTE)
        box.mend(NOON + (minute + 5) * MINUTE)
        box.say(NOON + (minute + 5) * MINUTE)
    assert [text.split()[0] for text in listener.texts] == ["Broken", "Mended", "Broken", "Mended"]


def test_what_breaks_again_before_its_end_was_told_was_broken_on(box: Box, listener: Listener) -> None:
    box.break_(NOON)
    box.say(NOON)
    box.mend(NOON + 1)
    box.break_(NOON + 2)
    box.say(NOON + 3)
    assert len(listener.posted) == 1


def test_what_mended_unsaid_is_told_in_one(box: Box, listener: Listener) -> None:
    box.break_(NOON)
    box.mend(NOON + 3 * HOUR)
    box.say(NOON + 3 * HOUR)
    box.say(NOON + 4 * HOUR)
    assert listener.texts == [
        "Was broken for 3 hours from 2026-11-28 12:00 UTC on: unit caddy.service\nIt has failed."
    ]


def test_several_are_told_at_once(box: Box, listener: Listener) -> None:
    box.break_(NOON)
    box.break_(NOON, "doctor: bucket")
    box.say(NOON)
    [text] = listener.texts
    assert text.count("Broken since") == 2
    assert wording.title(text.split("\n\n")) == "2 alarms"


def test_a_way_that_is_down_is_tried_again_with_rests_and_told_once(box: Box, listener: Listener) -> None:
    listener.close()
    box.break_(NOON)
    box.say(NOON)
    assert "no connection" in box.book.read().ways["webhook"].complaint
    listener.open()
    for second in range(10, 60, 10):
        box.say(NOON + second)
    assert listener.posted == []
    for minute in range(1, 10):
        box.say(NOON + minute * MINUTE)
    assert len(listener.posted) == 1
    assert box.book.read().ways["webhook"].complaint == ""


@pytest.mark.parametrize("ill", ["refuses", "hangs"])
def test_the_rests_grow_and_the_other_way_is_told_once(box: Box, listener: Listener, ill: str) -> None:
    letters: list[str] = []
    box.ways = {**box.ways, "letter": lambda title, text: letters.append(title)}
    if ill == "refuses":
        listener.status = 500
    else:
        listener.answers.clear()
    box.break_(NOON)
    for minute in range(60):
        box.say(NOON + minute * MINUTE)
    assert letters == ["Broken since 2026-11-28 12:00 UTC: unit caddy.service"]
    # At 0, 1, 3, 8, 23 and 53 minutes.
    assert len(listener.posted) == 6
    listener.status = 200
    listener.answers.set()
    listener.posted.clear()
    box.mend(NOON + HOUR)
    box.say(NOON + 2 * HOUR)
    box.say(NOON + 3 * HOUR)
    assert letters[1:] == ["Mended after 1 hour: unit caddy.service"]
    assert [text.split(" for ")[0] for text in listener.texts] == ["Was broken"]
    assert box.book.read().alarms == {}


def test_a_way_that_comes_later_hears_of_what_is_still_broken(box: Box, listener: Listener) -> None:
    webhook_alone, box.ways = box.ways, {}
    box.break_(NOON)
    box.say(NOON)
    box.ways = webhook_alone
    box.say(NOON + MINUTE)
    assert len(listener.posted) == 1


def test_without_any_way_what_is_mended_is_forgotten(box: Box) -> None:
    box.ways = {}
    box.break_(NOON)
    box.say(NOON)
    assert list(box.book.read().alarms) == [CADDY]
    box.mend(NOON + 1)
    box.say(NOON + 1)
    assert box.book.read().alarms == {}


def test_errors_of_one_place_are_told_once_an_hour_with_their_number(box: Box, listener: Listener) -> None:
    box.err(NOON)
    box.say(NOON)
    for minute in range(1, 59):
        box.err(NOON + minute * MINUTE, number=2)
        box.say(NOON + minute * MINUTE)
    assert listener.texts == [
        "Error in the application: ValueError at post.py:41, once, at 2026-11-28 12:00 UTC\nSee the log."
    ]
    box.say(NOON + HOUR)
    assert listener.texts[1:] == [
        "Error in the application: ValueError at post.py:41, 116 times, last at 2026-11-28 12:58 UTC\n"
        "See the log."
    ]
    box.say(NOON + 3 * HOUR)
    assert len(listener.posted) == 2
    assert box.book.read().errors == {}


def test_errors_at_many_places_keep_the_book_small(box: Box) -> None:
    for number in range(changes.MOST_GROUPS + 50):
        box.err(NOON, f"place {number}")
    groups = box.book.read().errors
    assert len(groups) == changes.MOST_GROUPS + 1
    assert groups["elsewhere"].count == 50


def test_more_than_so_many_in_an_hour_are_held_back_and_that_is_told_once(
    box: Box, listener: Listener
) -> None:
    for number in range(saying.MOST_AN_HOUR + 10):
        box.break_(NOON + number, f"thing {number}")
        box.say(NOON + number)
    assert len(listener.posted) == saying.MOST_AN_HOUR + 1
    assert listener.texts[-1] == wording.HELD_BACK
    # After the hour: what is still broken, and what mended meanwhile.
    for number in range(saying.MOST_AN_HOUR, saying.MOST_AN_HOUR + 5):
        box.mend(NOON + 50, f"thing {number}")
    listener.posted.clear()
    box.say(NOON + HOUR + 60)
    [text] = listener.texts
    assert (text.count("Was broken"), text.count("Broken since")) == (5, 5)


def test_a_storm_is_told_in_parts(box: Box, listener: Listener) -> None:
    for number in range(25):
        box.err(NOON, f"place {number}")
    for second in range(5):
        box.say(NOON + second)
    assert [text.count("Error in") for text in listener.texts] == [10, 10, 5]


def test_two_that_tell_at_once_tell_once(box: Box, listener: Listener) -> None:
    box.break_(NOON)
    listener.answers.clear()
    slow = {"webhook": lambda title, text: webhook.send(listener.url, text, seconds=10)}
    box.ways = slow
    first = threading.Thread(target=box.say, args=(NOON,))
    first.start()
    while not listener.posted:
        first.join(0.01)
    box.say(NOON)
    assert len(listener.posted) == 1
    listener.answers.set()
    first.join()


def test_what_mends_while_it_is_told_is_told_too(box: Box, listener: Listener) -> None:
    def tell_and_mend(title: str, text: str) -> None:
        webhook.send(listener.url, text)
        box.mend(NOON + MINUTE)

    box.break_(NOON)
    box.ways = {"webhook": tell_and_mend}
    box.say(NOON)
    box.say(NOON + MINUTE)
    assert [text.split()[0] for text in listener.texts] == ["Broken", "Mended"]


def test_what_breaks_again_while_its_end_is_told_is_told_again(box: Box, listener: Listener) -> None:
    def tell_and_break(title: str, text: str) -> None:
        webhook.send(listener.url, text)
        if text.startswith("Mended"):
            box.break_(NOON + 2 * MINUTE)

    box.ways = {"webhook": tell_and_break}
    box.break_(NOON)
    box.say(NOON)
    box.mend(NOON + MINUTE)
    for _ in range(3):
        box.say(NOON + MINUTE)
    assert [text.split()[0] for text in listener.texts] == ["Broken", "Mended", "Broken"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (7200, "2 hours"),
        (1e5, "1 day"),
    ],
)
def test_times_are_told_in_the_largest_unit(box: Box, listener: Listener, seconds: float, words: str) -> None:
    box.break_(NOON)
    box.say(NOON)
    box.mend(NOON + seconds)
    box.say(NOON + seconds)
    assert listener.texts[1] == f"Mended after {words}: unit caddy.service"

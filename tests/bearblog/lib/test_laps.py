import time

from bearblog.lib.laps import Laps


def test_parts_follow_one_another() -> None:
    before = time.monotonic()
    laps = Laps()
    laps.end("one")
    between = time.monotonic()
    while time.monotonic() - between < 0.01:
        pass
    laps.end("two")
    assert list(laps.seconds) == ["one", "two"]
    assert laps.seconds["two"] >= 0.01
    assert sum(laps.seconds.values()) <= time.monotonic() - before

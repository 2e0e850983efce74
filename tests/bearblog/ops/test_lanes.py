"""Lanes: looks that go on beside each other, and what becomes of those that get no answer."""

import threading

from bearblog.engines.replication.errors import ReplicationError, Unreachable
from bearblog.engines.vitals.findings import Finding, Grade, ok
from bearblog.ops.lanes import Lanes


def fine() -> Finding:
    return ok("fine", "It is fine.")


def refuse() -> Finding:
    raise ReplicationError("The key is wrong.")


def stay_silent() -> Finding:
    raise Unreachable("The bucket did not answer within 5 seconds.")


def read_nothing() -> Finding:
    raise PermissionError("no")


def test_what_is_found_comes_in_the_order_of_the_lanes() -> None:
    first = threading.Event()

    def wait_for_the_second() -> Finding:
        assert first.wait(10)
        return ok("slow", "At last.")

    def second() -> Finding:
        first.set()
        return ok("quick", "At once.")

    found = Lanes([{"slow": wait_for_the_second, "fine": fine}, {"quick": second}]).findings(seconds=10)
    assert [finding.name for finding in found] == ["slow", "fine", "quick"]
    assert {finding.grade for finding in found} == {Grade.OK}


def test_a_refusal_holds_up_nothing() -> None:
    found = Lanes([{"bucket": refuse, "file": read_nothing, "fine": fine}]).findings(seconds=10)
    assert [finding.grade for finding in found] == [Grade.FAIL, Grade.FAIL, Grade.OK]
    assert found[0].sentence == "The key is wrong."
    assert found[1].sentence == "A file cannot be read (no)."


def test_who_is_silent_is_not_asked_again() -> None:
    found = Lanes([{"bucket": stay_silent, "fine": fine}, {"other": fine}]).findings(seconds=10)
    assert [finding.grade for finding in found] == [Grade.FAIL, Grade.WARNING, Grade.OK]
    assert found[1].describe() == "WARNING  fine: Not asked: see the line bucket."


def test_who_answers_too_late_has_failed() -> None:
    answered = threading.Event()

    def wait() -> Finding:
        answered.wait(10)
        return fine()

    found = Lanes([{"late": wait, "later": fine}, {"fine": fine}]).findings(seconds=0.2)
    answered.set()
    assert [(finding.name, finding.grade) for finding in found] == [
        ("late", Grade.FAIL),
        ("later", Grade.FAIL),
        ("fine", Grade.OK),
    ]
    assert found[0].sentence == "There was no answer in time."

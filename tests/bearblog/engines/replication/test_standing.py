"""The worker's door: one look for all who wait, and what it refuses."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bearblog.engines.replication import shared_sync, standing
from bearblog.engines.replication.errors import ReplicationError, TimedOut, Unreachable
from bearblog.engines.replication.shared_sync import Answer
from bearblog.engines.replication.standing import StandingServer
from bearblog.lib.unix_http import UnixConnection
from tests.replicas import await_true


class Look:
    """A look that is let go on by the test."""

    def __init__(self) -> None:
        self.count = 0
        self.answer = standing.named()
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def __call__(self) -> Answer:
        self.count += 1
        self.may_go_on.wait(10)
        return self.answer


@pytest.fixture
def look() -> Look:
    return Look()


@pytest.fixture
def door(tmp_path: Path, look: Look) -> Iterator[Path]:
    server = StandingServer(tmp_path / "standing.sock", look)
    server.start()
    yield tmp_path / "standing.sock"
    look.may_go_on.set()
    server.stop()


def post(door: Path, body: bytes) -> int:
    connection = UnixConnection(str(door), timeout=5)
    try:
        connection.request("POST", "/standing", body)
        return connection.getresponse().status
    finally:
        connection.close()


def test_those_who_come_during_a_look_share_the_next(door: Path, look: Look) -> None:
    look.may_go_on.clear()
    first = threading.Thread(target=standing.ask, args=(door,), kwargs={"timeout": 10})
    first.start()
    await_true(lambda: look.count == 1)
    others = [threading.Thread(target=standing.ask, args=(door,), kwargs={"timeout": 10}) for _ in range(10)]
    for one in others:
        one.start()
    look.may_go_on.set()
    for one in (first, *others):
        one.join()
    # Some may have come after the second had begun.
    assert 2 <= look.count < 1 + len(others)


def test_what_was_found_instead_is_said(door: Path, look: Look) -> None:
    look.answer = standing.refusal(409, "Another box has taken over.")
    with pytest.raises(ReplicationError, match="Another box has taken over"):
        standing.ask(door, timeout=2)


def test_a_look_that_takes_too_long_is_not_waited_for(door: Path, look: Look) -> None:
    look.may_go_on.clear()
    with pytest.raises((TimedOut, ReplicationError)):
        standing.ask(door, timeout=0.2)
    with pytest.raises(ReplicationError):
        standing.ask(door, timeout=5)


def test_nobody_at_the_socket_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"bearblog-worker\.service"):
        standing.ask(tmp_path / "nothing.sock", timeout=1)


@pytest.mark.parametrize(
    "body", [b"", b"no JSON", b"[]", b'{"timeout": 0}', b'{"timeout": 31}', b'{"timeout": "x"}']
)
def test_it_takes_a_number_of_seconds_and_nothing_else(door: Path, look: Look, body: bytes) -> None:
    assert post(door, body) == 400
    assert look.count == 0


@pytest.mark.parametrize(("path", "length"), [("/standing", "2000"), ("/standing", "x"), ("/other", "14")])
def test_what_is_no_question_is_not_even_read(door: Path, look: Look, path: str, length: str) -> None:
    connection = UnixConnection(str(door), timeout=5)
    connection.request("POST", path, headers={"Content-Length": length})
    assert connection.getresponse().status == 400
    connection.close()
    assert look.count == 0


def test_a_server_that_has_stopped_looks_no_more(
    tmp_path: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_sync, "PROBE_SECONDS", 0.01)
    before = set(threading.enumerate())
    server = StandingServer(tmp_path / "standing.sock", look)
    server.start()
    (looking,) = [one for one in set(threading.enumerate()) - before if one.name == "standing"]
    look.answer = standing.refusal(503, "The bucket cannot be reached.")
    with pytest.raises(ReplicationError, match="cannot be reached"):
        standing.ask(tmp_path / "standing.sock", timeout=2)
    await_true(lambda: look.count > 2)
    server.stop()
    looking.join(5)
    assert not looking.is_alive()

"""The one door to Litestream: what passes, and what does not."""

import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bearblog.engines.replication import control
from bearblog.engines.replication.errors import TimedOut, Unreachable
from tests.replicas import TREE, ReplicatedBox, await_true, forwarder_command, is_answering

DATABASE = "/var/lib/bearblog/bearblog.sqlite3"


def say(path: Path, request: bytes) -> tuple[int, dict[str, object]]:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(path))
        connection.sendall(request)
        answer = b""
        while part := connection.recv(4096):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def post(path: Path, body: bytes, *, target: str = "/sync", method: str = "POST") -> int:
    head = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    return say(path, head.encode() + body)[0]


@contextmanager
def before_a_silent_litestream(folder: Path) -> Iterator[Path]:
    """The forwarder's socket before a Litestream that takes requests and never answers."""
    with socket.socket(socket.AF_UNIX) as litestream:
        litestream.bind(str(folder / "control.sock"))
        litestream.listen(8)
        command = forwarder_command(folder / "sync.sock", folder / "control.sock", Path(DATABASE))
        with subprocess.Popen(command, cwd=TREE) as process:
            await_true(lambda: is_answering(folder / "sync.sock"))
            yield folder / "sync.sock"
            process.terminate()


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Path]:
    """A forwarder that has had no request yet."""
    with before_a_silent_litestream(tmp_path) as listening:
        yield listening


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same, for all the requests that must not reach Litestream at all."""
    with before_a_silent_litestream(tmp_path_factory.mktemp("refusing")) as listening:
        yield listening


def test_a_commit_is_shipped_before_the_answer(folder_box: ReplicatedBox) -> None:
    folder_box.write("one")
    result = control.sync(folder_box.sync_socket, timeout=10)
    assert result.is_replicated
    assert result.txid > 0


@pytest.mark.parametrize("body", [{}, {"timeout": 5}, {"wait": True, "timeout": 2.5}])
def test_a_sync_of_the_database_passes(folder_box: ReplicatedBox, body: dict[str, object]) -> None:
    assert post(folder_box.sync_socket, json.dumps(body).encode()) == 200
    assert (
        post(folder_box.sync_socket, json.dumps({**body, "path": str(folder_box.database)}).encode()) == 200
    )


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/sync"), ("POST", "/stop"), ("POST", "/register"), ("POST", "/sync?path=/etc/passwd"),
        ("POST", "/sync/"), ("POST", "//sync"), ("GET", "/debug/pprof/heap"), ("post", "/sync"), ("POST", "http://x/sync"),
    ],
)  # fmt: skip
def test_no_other_request_passes(refusing: Path, method: str, target: str) -> None:
    assert post(refusing, b"{}", method=method, target=target) == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"path": "/etc/shadow"}', 403),
        (b'{"path": null}', 403),
        (b'{"replica": "s3://elsewhere"}', 400),
        (b'{"wait": false}', 400),
        (b'{"timeout": 1e9}', 400),
        (b'{"timeout": -1}', 400),
        (b'{"timeout": NaN}', 400),
        (b'{"timeout": true}', 400),
        (b'{"timeout": "5"}', 400),
        (b"[]", 400),
        (b"", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b"[" * 1000, 400),
        (b" " * 2000 + b"{}", 413),
    ],
)
def test_no_other_body_passes(refusing: Path, body: bytes, status: int) -> None:
    assert post(refusing, body) == status


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"POST /sync HTTP/1.1\r\n\r\n", 400),
        (b"POST /sync HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}", 400),
        (b"POST /sync HTTP/1.1\r\nContent-Length: -2\r\n\r\n{}", 400),
        (b"POST /sync HTTP/1.1\r\nContent-Length: " + b"9" * 3000 + b"\r\n\r\n{}", 413),
        (b"POST /sync HTTP/1.1\r\n" + b"X: y\r\n" * 1000, 413),
        (b"\x16\x03\x01\r\n\r\n", 403),
    ],
)
def test_a_crooked_request_is_refused(refusing: Path, request_: bytes, status: int) -> None:
    assert say(refusing, request_)[0] == status


def test_a_silent_litestream_holds_up_the_first_waiter_only(silent: Path) -> None:
    with pytest.raises(TimedOut, match="did not ship the save within 0.3 seconds"):
        control.sync(silent, timeout=0.3)
    begun = time.monotonic()
    with pytest.raises(Unreachable, match="asked again each second"):
        control.sync(silent, timeout=5)
    assert time.monotonic() - begun < 0.5


def test_a_stopped_litestream_is_told_at_once(folder_box: ReplicatedBox) -> None:
    folder_box.lose_litestream()
    with pytest.raises(Unreachable, match=r"litestream\.service"):
        control.sync(folder_box.sync_socket, timeout=5)
    with pytest.raises(TimedOut, match="The replica was not complete after 1 seconds"):
        control.wait_until_replicated(folder_box.sync_socket, timeout=1)


def test_waiters_share_requests(folder_box: ReplicatedBox) -> None:
    results: list[control.SyncResult] = []

    def ask() -> None:
        results.append(control.sync(folder_box.sync_socket, timeout=10))

    threads = [threading.Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 40
    assert all(result.is_replicated for result in results)


def test_nobody_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"bearblog-sync\.socket"):
        control.sync(tmp_path / "nothing.sock", timeout=1)


def test_it_stays_small(tmp_path: Path) -> None:
    command = forwarder_command(tmp_path / "sync.sock", tmp_path / "control.sock", Path(DATABASE))
    with subprocess.Popen(command, cwd=TREE) as process:
        await_true(lambda: is_answering(tmp_path / "sync.sock"))
        assert post(tmp_path / "sync.sock", b"{}") == 503
        rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        process.terminate()
    pss = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    assert pss < 12_000

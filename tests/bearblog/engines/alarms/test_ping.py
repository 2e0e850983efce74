"""Pings as healthchecks.io takes them, from Python and from a script."""

import subprocess
import sys
from pathlib import Path

import pytest

from bearblog.engines.alarms import ping
from bearblog.engines.alarms.ping import Signal
from tests.listener import Listener
from tests.rendering import PROJECT


@pytest.mark.parametrize(
    ("signal", "path"), [(Signal.START, "/uuid/start"), (Signal.DONE, "/uuid"), (Signal.FAIL, "/uuid/fail")]
)
def test_each_signal_has_its_path(listener: Listener, signal: Signal, path: str) -> None:
    ping.send(f"{listener.url}/uuid", signal, "the log")
    [posted] = listener.posted
    assert (posted.path, posted.body) == (path, b"the log")


def test_a_slash_and_a_query_stay_where_they_belong(listener: Listener) -> None:
    ping.send(f"{listener.url}/key/slug/?create=1", Signal.FAIL)
    assert listener.posted[0].path == "/key/slug/fail?create=1"


def test_of_a_long_log_the_end_is_sent(listener: Listener) -> None:
    ping.send(listener.url, Signal.FAIL, "é" * 20_000 + "the end")
    assert len(listener.posted[0].body) == 10_000
    assert listener.posted[0].body.endswith(b"the end")


def run(file: Path, signal: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-B", "-m", "bearblog.engines.alarms.ping", str(file), signal],
        input="last words\n",
        env={"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_script_sends_one(listener: Listener, tmp_path: Path) -> None:
    file = tmp_path / "ping_backup"
    file.write_text(f"{listener.url}/uuid\n")
    done = run(file, "fail")
    assert (done.returncode, done.stderr) == (0, "")
    assert [(posted.path, posted.body) for posted in listener.posted] == [("/uuid/fail", b"last words\n")]


def test_what_was_not_taken_is_said_in_one_line(listener: Listener, tmp_path: Path) -> None:
    listener.status = 404
    file = tmp_path / "ping_backup"
    file.write_text(f"{listener.url}/uuid\n")
    done = run(file, "start")
    assert (done.returncode, done.stderr) == (1, "The ping `start` was not sent: The answer was 404.\n")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = run(tmp_path / "none", "start")
    assert done.returncode == 1
    assert "No such file" in done.stderr
    assert "Traceback" not in done.stderr

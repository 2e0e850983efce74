"""The web service as systemd starts it: all that it says is one line of JSON for the journal."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from bearblog.lib.unix_http import UnixConnection
from deploy.stage.site import await_socket
from tests.rendering import PROJECT

HOST = "bear.localhost"
NAME = "706bb34f-8253-4024-8414-7bc3d2f4edc8"
_LINE = re.compile(r"<(\d)>(\{.*\})")


def start(folder: Path, log: BinaryIO, **settings: str) -> subprocess.Popen[bytes]:
    """gunicorn with the box's own configuration; its standard error is the journal, as far as it knows."""
    for name in ("data", "cache"):
        (folder / name).mkdir()
    journal = os.fstat(log.fileno())
    own = {
        "JOURNAL_STREAM": f"{journal.st_dev}:{journal.st_ino}",
        "BEARBLOG_DATA_DIR": str(folder / "data"),
        "BEARBLOG_CACHE_DIR": str(folder / "cache"),
        "DJANGO_SETTINGS_MODULE": "bearblog.settings",
    }
    gunicorn = Path(sys.executable).with_name("gunicorn")
    options = ["--config", "deploy/gunicorn.conf.py", f"--bind=unix:{folder / 'web.sock'}"]
    return subprocess.Popen(
        [gunicorn, *options, "bearblog.wsgi:application"],
        cwd=PROJECT,
        env=os.environ | own | settings,
        stdout=log,
        stderr=log,
    )


def lines_of(log: Path) -> list[tuple[int, dict[str, Any]]]:
    """Each line with its priority. Fails where one is not a line of JSON."""
    matches = [(line, _LINE.fullmatch(line)) for line in log.read_text().splitlines()]
    assert not [line for line, match in matches if match is None]
    return [(int(match[1]), json.loads(match[2])) for _, match in matches if match]


def visit(folder: Path, path: str, *, timeout: float = 30) -> tuple[int, str]:
    connection = UnixConnection(str(folder / "web.sock"), timeout=timeout)
    connection.request(
        "GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https", "X-Request-Id": NAME}
    )
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def find(
    lines: list[tuple[int, dict[str, Any]]], is_it: Callable[[dict[str, Any]], bool]
) -> tuple[int, dict[str, Any]]:
    """The one line of which this is true."""
    (found,) = [(priority, line) for priority, line in lines if is_it(line)]
    return found


def test_a_request_that_fails_is_one_line_with_its_name(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as stream:
        gunicorn = start(tmp_path, stream)
        await_socket(tmp_path / "web.sock")
        # No migration has run: there is no table.
        status, page = visit(tmp_path, "/discover/?secret")
        gunicorn.send_signal(signal.SIGTERM)
        assert gunicorn.wait(timeout=30) == 0
    assert (status, NAME in page) == (500, True)
    lines = lines_of(log)
    priority, line = find(lines, lambda line: line["logger"] == "django.request")
    assert (priority, line["level"], line["request_id"]) == (3, "error", NAME)
    assert "no such table" in line["exception"]
    assert "secret" not in log.read_text()
    begun = find(lines, lambda line: line["message"].startswith("Starting gunicorn"))
    assert (begun[0], begun[1]["logger"]) == (6, "gunicorn.error")
    assert "request_id" not in begun[1]
    # Of requests that do not fail the journal learns nothing.
    assert [line for _, line in lines if line["logger"] == "gunicorn.access"] == []


def test_nobody_waits_behind_busy_threads_while_another_process_has_a_free_one(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        log = stack.enter_context((tmp_path / "log").open("wb"))
        gunicorn = start(tmp_path, log, GUNICORN_CMD_ARGS="--workers=2")
        stack.callback(gunicorn.wait, timeout=30)
        stack.callback(gunicorn.terminate)
        await_socket(tmp_path / "web.sock")
        # Each keeps one of eight threads waiting for its request, for five seconds.
        for _ in range(7):
            silent = stack.enter_context(socket.socket(socket.AF_UNIX))
            silent.connect(str(tmp_path / "web.sock"))
        for _ in range(20):
            assert visit(tmp_path, "/robots.txt", timeout=4)[0] == 200


def test_a_start_that_fails_is_one_line_too(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as stream:
        assert start(tmp_path, stream, BEARBLOG_SIGNUP="maybe").wait(timeout=30) != 0
    priority, line = find(lines_of(log), lambda line: "exception" in line)
    assert priority == 2
    assert "BEARBLOG_SIGNUP is 'maybe'" in line["message"]

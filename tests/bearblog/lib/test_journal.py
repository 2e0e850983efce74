"""Lines of the log as the journal takes them, whatever stands in them."""

import json
import logging
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bearblog.lib import journal, request_id
from bearblog.lib.journal import JsonFormatter

NAME = "706bb34f-8253-4024-8414-7bc3d2f4edc8"
# As long as the journal takes a line (LineMax= in journald.conf(5)).
LINE_MAX = 48 * 1024


def record(message: object, *values: object, **extra: object) -> logging.LogRecord:
    return logging.getLogger("bearblog.a").makeRecord(
        "bearblog.a", logging.WARNING, "", 0, message, values, None, extra=extra
    )


def line(made: logging.LogRecord) -> dict[str, Any]:
    said = JsonFormatter(has_priority=False).format(made)
    assert "\n" not in said
    assert said.isascii()
    assert len(said) < LINE_MAX
    read: dict[str, Any] = json.loads(said)
    return read


def failed(error: Exception, message: str = "It failed") -> logging.LogRecord:
    made = record(message)
    try:
        raise error
    except type(error):
        made.exc_info = sys.exc_info()
    return made


def test_a_line_is_one_object() -> None:
    made = record("%d pages of %s", 3, "alice")
    made.created = datetime(2026, 11, 28, 12, 0, 0, 5000, tzinfo=UTC).timestamp()
    assert line(made) == {
        "time": "2026-11-28T12:00:00.005Z",
        "level": "warning",
        "logger": "bearblog.a",
        "message": "3 pages of alice",
    }


def test_it_names_the_request() -> None:
    with request_id.carried(NAME):
        assert line(record("Hello"))["request_id"] == NAME


def test_an_exception_is_one_field() -> None:
    said = line(failed(ValueError("one\ntwo")))
    assert said["message"] == "It failed"
    assert said["exception"].startswith("Traceback (most recent call last):\n")
    assert said["exception"].endswith("ValueError: one\ntwo")


@pytest.mark.parametrize(
    ("level", "priority"), [("CRITICAL", 2), ("ERROR", 3), ("WARNING", 4), ("INFO", 6), ("DEBUG", 7)]
)
def test_the_journal_is_told_how_grave_it_is(level: str, priority: int) -> None:
    made = record("Hello")
    made.levelno, made.levelname = logging.getLevelNamesMapping()[level], level
    said = JsonFormatter(has_priority=True).format(made)
    assert said.startswith(f'<{priority}>{{"time": ')


@pytest.mark.parametrize("text", ["one\ntwo\r\n\x00\x1b[31m\u2028", "a \ud800 b", "日本 ✍ é", "\udcff"])
def test_any_text_is_survived(text: str) -> None:
    said = line(record("Said: %s", text))["message"]
    assert said == f"Said: {text}".encode(errors="backslashreplace").decode()
    assert text.encode(errors="backslashreplace").decode() in line(failed(ValueError(text)))["exception"]


class Broken:
    """What has no words for itself."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.mark.parametrize(
    ("message", "values"), [("%d pages", ("many",)), ("%s %s", ("one",)), ("%s", (Broken(),))]
)
def test_a_line_with_a_mistake_in_it_is_not_lost(message: str, values: tuple[object, ...]) -> None:
    assert line(record(message, *values))["message"].startswith(f"{message} (its values could not be put in")


def test_of_what_a_caller_adds_only_numbers_are_taken() -> None:
    extra = {
        "status_code": 500,
        "is_ajax": True,
        "request": object(),
        "cookies": {"session": "secret"},
        "text": "secret",
        "share": float("nan"),
        "time": 7,
    }
    said = line(record("Hello", **extra))
    assert (said["status_code"], said["is_ajax"]) == (500, True)
    assert said.keys() == {"time", "level", "logger", "message", "status_code", "is_ajax"}
    assert said["time"] != 7


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /a/?token=secret", "Not Found: /a/"),
        ("see https://a.example/b?secret#c and go", "see https://a.example/b and go"),
        ("Not Found: /account/password/reset/key/1-secret/", "Not Found: /account/password/reset/key/"),
        ("Not Found: /draft/secret/", "Not Found: /draft/"),
        ("Not Found: /confirm/secret", "Not Found: /confirm/"),
        ("Is /run/a.sock there? Yes.", "Is /run/a.sock there? Yes."),
    ],
)
def test_queries_and_keys_are_not_told(said: str, kept: str) -> None:
    assert line(record(said))["message"] == kept
    assert line(failed(ValueError(said)))["exception"].endswith(f"ValueError: {kept}")


@pytest.mark.parametrize("letter", ["x", "\x00", "✍", "𝄞"])
def test_no_line_is_longer_than_the_journal_takes(letter: str) -> None:
    said = line(failed(ValueError(f"first {letter * 100_000} last"), message=letter * 100_000))
    assert "[...]" in said["message"]
    assert said["exception"].startswith("Traceback")
    assert said["exception"].endswith("last")


def test_people_read_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    assert journal.configuration("auto")["handlers"]["journal"]["formatter"] == "plain"
    assert journal.configuration("plain")["handlers"]["journal"]["formatter"] == "plain"
    assert journal.configuration("json")["handlers"]["journal"]["formatter"] == "json"


PROGRAM = """
import logging, threading, warnings
from logging.config import dictConfig
from bearblog.lib import journal
journal.log_what_nobody_catches()
dictConfig(journal.configuration("auto"))
logging.getLogger("bearblog.a").error("Hello")
warnings.warn("Careful")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
raise ValueError("one\\ntwo")
"""


def run_with(tmp_path: Path, *, listens: bool) -> list[str]:
    """What the program writes to a file that is said to be the journal's, or is not."""
    log = tmp_path / "log"
    with log.open("wb") as stream:
        found = os.fstat(stream.fileno())
        inode = found.st_ino if listens else found.st_ino + 1
        environment = os.environ | {"JOURNAL_STREAM": f"{found.st_dev}:{inode}"}
        ended = subprocess.run(
            [sys.executable, "-W", "default", "-c", PROGRAM], stderr=stream, env=environment, check=False
        )
    assert ended.returncode == 1
    return log.read_text().splitlines()


def test_where_the_journal_listens_all_that_a_program_says_is_json(tmp_path: Path) -> None:
    lines = run_with(tmp_path, listens=True)
    matches = [re.fullmatch(r"<(\d)>(\{.*\})", said) for said in lines]
    said = [(match[1], json.loads(match[2])) for match in matches if match]
    assert len(said) == len(lines) == 4
    hello, warning, in_thread, last = said
    assert (hello[0], hello[1]["message"]) == ("3", "Hello")
    assert (warning[0], warning[1]["logger"]) == ("4", "py.warnings")
    assert "ZeroDivisionError" in in_thread[1]["exception"]
    assert (last[0], last[1]["exception"][-19:]) == ("2", "ValueError: one\ntwo")


def test_elsewhere_a_program_says_it_as_python_does(tmp_path: Path) -> None:
    lines = run_with(tmp_path, listens=False)
    assert lines[0] == "ERROR bearblog.a: Hello"
    assert lines[-2:] == ["ValueError: one", "two"]

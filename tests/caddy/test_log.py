"""What the access log says of a request: enough to count readers by, and nothing else of theirs."""

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.caddy.conftest import MAIN_HOST, Door
from tests.caddy.shelf import Shelf
from tests.replicas import await_true

BLOG = f"alice.{MAIN_HOST}"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.fixture(autouse=True)
def blog(door: Door) -> None:
    """A host that has a certificate."""
    door.grant(BLOG)


def said_of(door: Door, path: str, host: str = BLOG, **options: Any) -> dict[str, Any]:
    """The line about a visit, which the log has when the answer is out."""
    log = door.folder / "access.log"
    before = log.stat().st_size
    door.visit(host, path, **options)
    await_true(lambda: log.read_bytes()[before:].endswith(b"\n"))
    line: dict[str, Any] = json.loads(log.read_bytes()[before:])
    return line


def test_a_line_tells_of_a_reader_and_of_no_more(door: Door) -> None:
    lies = {
        "User-Agent": FIREFOX,
        "Referer": "https://news.example/item?id=1",
        "X-Secret": "secret",
        "Cookie": "secret",
    }
    line = said_of(door, "/hit/a-post/", headers=lies)
    assert line["request"] == {
        "client_ip": "127.0.0.1",
        "method": "GET",
        "host": f"{BLOG}:{door.https_port}",
        "uri": "/hit/a-post/",
    }
    assert (line["status"], line["user_agent"], line["referrer"]) == (204, FIREFOX, "https://news.example")
    assert line.keys() == {
        *("level", "ts", "logger", "msg", "request", "duration", "size", "status", "user_agent", "referrer"),
    }


def test_what_goes_to_the_application_has_one_name_there_and_in_the_log(door: Door) -> None:
    lie = {"X-Request-Id": "00000000-0000-4000-8000-000000000000"}
    with door.application() as application:
        line = said_of(door, "/a-name/", headers=lie)
    (name,) = re.findall(rb"(?mi)^x-request-id: (.*)\r$", application.received[0])
    assert line["request_id"] == name.decode() != lie["X-Request-Id"]
    assert "uuid" not in line


def test_a_failure_tells_its_name(door: Door) -> None:
    before = (door.folder / "access.log").stat().st_size
    answer = door.visit(BLOG, "/unread/")
    await_true(lambda: (door.folder / "access.log").read_bytes()[before:].endswith(b"\n"))
    line = json.loads((door.folder / "access.log").read_bytes()[before:])
    assert answer.text.endswith(f"Reference: {line['request_id']}\n")


def test_pages_from_disk_and_failures_are_told_of_as_they_were_asked_for(door: Door) -> None:
    Shelf(door.folder / "cache").put(BLOG, "/a-post/")
    stored = said_of(door, "/a-post/?utm_source=x", headers={"User-Agent": FIREFOX})
    assert "request_id" not in stored
    assert (stored["status"], stored["request"]["uri"], stored["user_agent"]) == (200, "/a-post/", FIREFOX)
    failed = said_of(door, "/unread/", headers={"User-Agent": FIREFOX})
    assert (failed["status"], failed["request"]["uri"], failed["user_agent"]) == (503, "/unread/", FIREFOX)
    assert said_of(door, "/static/none.css", MAIN_HOST)["request"]["uri"] == "/static/none.css"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/hit/?token=secret-key", "/hit/"),
        ("/hit/%E6%97%A5?secret-key#x", "/hit/%E6%97%A5"),
        ("/static/reset/key/secret-key/", "/static/reset/key/"),
        ("/static/draft/secret-key/", "/static/draft/"),
        ("/static/confirm/secret-key/", "/static/confirm/"),
        ("/static/unsubscribe/secret-key/?a=b", "/static/unsubscribe/"),
        ("/static/invitation/secret-key", "/static/invitation/"),
        ("/static/confirm-email/secret-key/", "/static/confirm-email/"),
    ],
)
def test_neither_queries_nor_links_that_are_keys_are_kept(door: Door, path: str, kept: str) -> None:
    assert said_of(door, path, headers={"Referer": f"https://a.example{path}"})["request"]["uri"] == kept
    assert "secret-key" not in (door.folder / "access.log").read_text()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("https://news.example:8443/a/b?c#d", "https://news.example:8443"),
        ("http://news.example", "http://news.example"),
        ("https://news.example?secret", "https://news.example"),
        ("https://name:secret@news.example/", ""),
        ("android-app://com.example/secret", ""),
        ("secret", ""),
        ("https://a.example /secret", ""),
        ("", ""),
    ],
)
def test_of_where_a_reader_was_before_only_the_site_is_kept(door: Door, sent: str, kept: str) -> None:
    line = said_of(door, "/hit/", headers={"Referer": sent})
    assert line["referrer"] == kept
    assert "secret" not in json.dumps(line)


def test_the_journal_does_not_know_who_read_what(door: Door) -> None:
    with door.application(is_dying=True):
        door.visit(BLOG, "/somebodys-page/", headers={"User-Agent": "somebodys-browser"})
    assert "somebodys" not in (door.folder / "caddy.log").read_text()


def test_a_rotated_log_can_be_read_by_the_same_people(door: Door) -> None:
    log = door.folder / "access.log"
    rotated: list[Path] = []

    def is_rotated() -> bool:
        # Long lines; the log is rotated at 40 MiB.
        request = f"GET /hit/ HTTP/1.1\r\nHost: {BLOG}\r\nUser-Agent: {'x' * 30_000}\r\n"
        door.send(BLOG, (f"{request}\r\n" * 99 + f"{request}Connection: close\r\n\r\n").encode())
        rotated[:] = log.parent.glob("access-*.log")
        return bool(rotated)

    await_true(is_rotated, seconds=60)
    assert {stat.S_IMODE(file.stat().st_mode) for file in (*rotated, log)} == {0o640}
    assert {file.suffix for file in log.parent.glob("access-*")} == {".log"}

"""Lines of Caddy's log."""

from datetime import UTC, datetime

import pytest

from bearblog.engines.access_log.line import parse
from tests.logs import log_line


def test_a_line_says_who_asked_for_what_and_how_it_was_answered() -> None:
    line = parse(log_line("/one/?q=1", referrer="https://news.example.com"))
    assert (line.status, line.request.method, line.request.path) == (200, "GET", "/one/")
    assert (line.request.host, line.request.client_ip) == ("alice.bear.localhost:8443", "203.0.113.9")
    assert line.user_agent.startswith("Mozilla/5.0")
    assert line.referrer == "https://news.example.com"
    assert line.ts == 1795176000.0
    assert line.is_answered


def test_what_the_client_does_not_say_is_empty() -> None:
    line = parse(log_line(user_agent=""))
    assert (line.user_agent, line.referrer) == ("", "")


@pytest.mark.parametrize(("method", "status"), [("POST", 200), ("HEAD", 200), ("GET", 404), ("GET", 301)])
def test_what_gave_nobody_anything_to_read_is_no_answer(method: str, status: int) -> None:
    assert not parse(log_line(method=method, status=status)).is_answered


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"nonsense\n",
        b"{}\n",
        b"\0" * 100 + log_line(),
        log_line()[20:],
        log_line().replace(b"/", b"\xff"),
        log_line().replace(b'"status":200', b'"status":"200"'),
        log_line().replace(b'"/"', b'"\\ud800"'),
        log_line(moment=datetime(2100, 1, 1, tzinfo=UTC)),
        log_line().replace(b'"ts":1', b'"ts":-1'),
        b"[" * 100_000,
    ],
)
def test_what_is_no_line_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        parse(raw)

"""The log of a real Caddy that rotates it while it is read."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bearblog.engines.access_log.files import Identity, opened
from bearblog.engines.access_log.line import Line
from tests.caddy.conftest import free_port
from tests.replicas import await_true

_CADDYFILE = """
{{
	admin off
	persist_config off
	storage file_system {folder}/storage
	auto_https off
	log default {{
		output discard
	}}
}}

http://:{port} {{
	log_append user_agent {{header.User-Agent}}
	log_append referrer {{header.Referer}}
	log {{
		output file {folder}/access.log {{
			mode 0640
			roll_uncompressed
			roll_size 1MiB
			roll_keep 100
		}}
		format filter {{
			wrap json
			request>uri regexp \\?.*
			request>headers delete
			request>tls delete
			resp_headers delete
		}}
	}}
	respond /hit/* 204
	respond "a page"
}}
"""


@pytest.fixture
def door(tmp_path: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to a Caddy that writes a log."""
    port = free_port()
    (tmp_path / "Caddyfile").write_text(_CADDYFILE.format(folder=tmp_path, port=port))
    command = [str(Path(sys.executable).with_name("caddy")), "run", "--adapter", "caddyfile", "--config"]
    process = subprocess.Popen([*command, str(tmp_path / "Caddyfile")], stderr=subprocess.DEVNULL)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    await_true(lambda: is_open(connection))
    yield connection
    connection.close()
    process.terminate()
    process.wait(timeout=20)


def is_open(connection: http.client.HTTPConnection) -> bool:
    try:
        connection.connect()
    except OSError:
        return False
    return True


def ask(door: http.client.HTTPConnection, path: str, **headers: str) -> int:
    door.request("GET", path, headers={"Host": "alice.bear.localhost", **headers})
    answer = door.getresponse()
    answer.read()
    return answer.status


class Reader:
    """Reads what is new in each of the log's files."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._offsets: dict[Identity, int] = {}
        self._lines: list[Line] = []

    def read(self) -> list[Line]:
        """All lines until now."""
        with opened(self._log) as files:
            for file in files:
                batch = file.read(self._offsets.get(file.identity, 0), 100_000)
                assert batch.unreadable == 0
                self._offsets[file.identity] = batch.end
                self._lines += batch.lines
        return self._lines


@pytest.fixture
def log(tmp_path: Path) -> Reader:
    return Reader(tmp_path / "access.log")


def test_a_real_line_says_what_was_asked(
    door: http.client.HTTPConnection, log: Reader, tmp_path: Path
) -> None:
    ask(door, "/one/?utm_source=x", Referer="https://news.example.com")
    ask(door, "/hit/one/", **{"User-Agent": "Firefox"})
    await_true(lambda: len(log.read()) == 2)
    page, beacon = log.read()
    assert (page.request.uri, page.referrer) == ("/one/", "https://news.example.com")
    assert (page.request.host, page.status, page.is_answered) == ("alice.bear.localhost", 200, True)
    assert (beacon.request.uri, beacon.user_agent) == ("/hit/one/", "Firefox")
    assert (beacon.status, beacon.request.client_ip) == (204, "127.0.0.1")
    assert (tmp_path / "access.log").stat().st_mode & 0o777 == 0o640


def test_forged_addresses_are_not_believed(door: http.client.HTTPConnection, log: Reader) -> None:
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP"):
        ask(door, "/hit/", **{name: "198.51.100.1"})
    await_true(lambda: len(log.read()) == 5)
    assert {line.request.client_ip for line in log.read()} == {"127.0.0.1"}


def test_each_line_is_read_once_through_rotations(
    door: http.client.HTTPConnection, log: Reader, tmp_path: Path
) -> None:
    for number in range(400):
        ask(door, f"/{number}/", **{"User-Agent": "x" * 8000})
        if number % 7 == 0:
            log.read()
    await_true(lambda: len(log.read()) >= 400)
    assert [line.request.uri for line in log.read()] == [f"/{number}/" for number in range(400)]
    assert len(list(tmp_path.glob("access-*.log"))) >= 2

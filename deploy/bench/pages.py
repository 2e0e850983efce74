"""Asks the application for pages over its own socket and takes the time: the server's, without Caddy."""

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from bearblog.lib.unix_http import UnixConnection


@dataclass(frozen=True)
class Timing:
    """How long one page took: the first time it was asked for, and the median of the rounds after."""

    first: float
    median: float
    size: int


def time_page(web_socket: Path, host: str, path: str, *, rounds: int) -> Timing:
    """Milliseconds from request to last byte. Raises RuntimeError where the answer is not 200."""
    asked = [_time(web_socket, host, path) for _ in range(rounds + 1)]
    waits = [wait for wait, _ in asked]
    return Timing(waits[0], statistics.median(waits[1:]), asked[-1][1])


def time_once(web_socket: Path, host: str, path: str) -> float:
    """The same for one request."""
    return _time(web_socket, host, path)[0]


def _time(web_socket: Path, host: str, path: str) -> tuple[float, int]:
    began = time.perf_counter()
    size = _ask(web_socket, host, path)
    return (time.perf_counter() - began) * 1000, size


def _ask(web_socket: Path, host: str, path: str) -> int:
    connection = UnixConnection(str(web_socket), timeout=60)
    try:
        headers = {"Host": host, "X-Forwarded-Proto": "https", "X-Real-IP": "192.0.2.1"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")
        return len(body)
    finally:
        connection.close()

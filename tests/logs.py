"""An access log as Caddy writes it: lines, and the file that they are appended to and that is rotated."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, Unpack

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
READER = "203.0.113.9"
HOST = "alice.bear.localhost:8443"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Sent(TypedDict, total=False):
    """What can be said of a request."""

    status: int
    method: str
    host: str
    address: str
    user_agent: str
    referrer: str
    moment: datetime


def log_line(path: str = "/", **sent: Unpack[Sent]) -> bytes:
    """One line with its end."""
    address = sent.get("address", READER)
    line = {
        "level": "info",
        "ts": sent.get("moment", NOON).timestamp(),
        "logger": "http.log.access",
        "msg": "handled request",
        "request": {
            "client_ip": address,
            "method": sent.get("method", "GET"),
            "host": sent.get("host", HOST),
            "uri": path,
        },
        "duration": 0.000213,
        "size": 4711,
        "status": sent.get("status", 200),
        "referrer": sent.get("referrer", ""),
        "user_agent": sent.get("user_agent", FIREFOX),
    }
    return json.dumps(line, separators=(",", ":")).encode() + b"\n"


def beacon(path: str = "/", **sent: Unpack[Sent]) -> bytes:
    """The line of the beacon of the page at this path."""
    return log_line(f"/hit{path}", **(Sent(status=204) | sent))


class Log:
    """A log in a folder, and what its web server does with it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "access.log"
        self.machine_id = folder / "machine-id"
        self.machine_id.write_text("8a3f61c0d4b94d0f9d3c5a7e21b6f084\n")
        self._rotations = 0

    def append(self, *lines: bytes) -> None:
        """Writes the lines, or parts of them, at the end."""
        with self.path.open("ab") as file:
            for line in lines:
                file.write(line)

    def rotate(self) -> Path:
        """Renames the file; the next line begins another. Returns the new name."""
        self._rotations += 1
        rotated = self.path.with_name(f"access-2026-11-20T12-00-00.{self._rotations:03}.log")
        self.path.rename(rotated)
        return rotated

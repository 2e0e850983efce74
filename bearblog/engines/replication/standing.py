"""The worker's word, at a socket of its own: all media are in the bucket, and after that it names this box.

The web service has no network. It asks here, after Litestream's word that its commit is in the bucket.
"""

import contextlib
import json
import socketserver
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from bearblog.engines.replication import question
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.shared_sync import Answer, SharedSync

_LARGEST = 1024
_READ_SECONDS = 2.0
_LONGEST_WAIT = 30.0


def ask(socket_path: str | Path, *, timeout: float) -> None:
    """Returns if a look that began after this call found the box named, and all media in the bucket.

    Raises TimedOut, Unreachable, or ReplicationError with what was found in its place.
    """
    status, content = question.ask(
        socket_path, "/standing", timeout=timeout, whom="The worker", unit="bearblog-worker.service"
    )
    if status != 200:
        raise ReplicationError(_sentence(content))


def refusal(status: int, sentence: str) -> Answer:
    """An answer that says why the box is not known to be the named one."""
    return Answer(status, json.dumps({"error": sentence}).encode())


def named() -> Answer:
    """The answer that the bucket names this box."""
    return Answer(200, json.dumps({"named": True}).encode())


class StandingServer:
    """Answers whoever asks; those who come while one look is under way share the next."""

    def __init__(self, socket_path: Path, look: Callable[[], Answer]) -> None:
        self._shared = SharedSync(look, refusal)
        with contextlib.suppress(FileNotFoundError):
            socket_path.unlink()
        self._server = _Server(str(socket_path), self._shared)
        socket_path.chmod(0o660)

    def start(self) -> None:
        """Answers from now on, in threads that end with the process."""
        threading.Thread(target=self._shared.run, name="standing", daemon=True).start()
        threading.Thread(target=self._server.serve_forever, name="standing-socket", daemon=True).start()

    def stop(self) -> None:
        """Answers nobody any more, and looks no more."""
        self._shared.stop()
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: str, shared: SharedSync) -> None:
        super().__init__(path, _Handler)
        self.shared = shared


class _Handler(BaseHTTPRequestHandler):
    timeout = _READ_SECONDS
    server: _Server

    def do_POST(self) -> None:
        """Answers one question."""
        seconds = self._read_seconds()
        answer = self.server.shared.wait(seconds) if seconds else refusal(400, "Ask by a number of seconds.")
        # Who has hung up needs no answer.
        with contextlib.suppress(OSError):
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its parent's name
        """Says nothing: each save would be a line."""

    def _read_seconds(self) -> float | None:
        length = self.headers.get("Content-Length", "")
        if self.path != "/standing" or not length.isdecimal() or int(length) > _LARGEST:
            return None
        try:
            seconds = float(json.loads(self.rfile.read(int(length)))["timeout"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return seconds if 0 < seconds <= _LONGEST_WAIT else None


def _sentence(content: bytes) -> str:
    try:
        return str(json.loads(content)["error"])
    except (ValueError, KeyError, TypeError):
        return "The worker's answer cannot be read."

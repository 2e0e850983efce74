"""A real HTTP server on loopback that keeps what is posted to it, and that can refuse, hang or be down."""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Posted:
    """One request."""

    path: str
    body: bytes
    content_type: str

    @property
    def text(self) -> str:
        return str(json.loads(self.body)["text"])


class Listener:
    """Takes posts at its address until it is closed; opened again it has the same one."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.posted: list[Posted] = []
        self.status = 200
        self.location = ""
        # Cleared, it answers nothing.
        self.answers = threading.Event()
        self.answers.set()
        self._bound = (address, 0)
        self.open()

    @property
    def url(self) -> str:
        return f"http://{self._bound[0]}:{self._bound[1]}"

    @property
    def texts(self) -> list[str]:
        return [posted.text for posted in self.posted]

    def open(self) -> None:
        """Listens."""
        self._server = ThreadingHTTPServer(self._bound, self._handler())
        self._server.daemon_threads = True
        self._bound = (self._bound[0], self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        """Listens no more: connections are refused."""
        self.answers.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.posted.append(Posted(self.path, body, self.headers["Content-Type"]))
                if not listener.answers.is_set():
                    listener.answers.wait()
                    return
                self.send_response(listener.status)
                if listener.location:
                    self.send_header("Location", listener.location)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its parent's name
                pass

        return Handler

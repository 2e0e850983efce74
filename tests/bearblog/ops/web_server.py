"""The application behind a Unix socket, as on a box, in a thread of the test."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.db import connections

from bearblog.wsgi import application

Environ = dict[str, Any]


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its parent's name
        pass


class _UnixServer(WSGIServer):
    address_family = socket.AF_UNIX

    def __init__(self, path: Path) -> None:
        address: Any = str(path)  # the stubs know no Unix sockets
        super().__init__(address, _QuietHandler)

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", 80
        self.setup_environ()

    def get_request(self) -> tuple[Any, Any]:
        # Whoever comes through a Unix socket has no address.
        return self.socket.accept()[0], ("", 0)


class WebServer:
    """Answers one request after the other, and notes for which pages it was asked, and how."""

    def __init__(self, path: Path) -> None:
        self.asked: list[tuple[str, str, str]] = []
        # What the requests call themselves.
        self.names: list[str] = []
        # Done before each answer.
        self.before: Callable[[], object] = lambda: None
        self.status: str | None = None
        self._server = _UnixServer(path)
        self._server.set_app(self._answer)
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and its connections to the database."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.01)
        connections.close_all()

    def _answer(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode()
        self.asked.append((environ["HTTP_HOST"], path, environ.get("HTTP_X_BEARBLOG_RENDER", "")))
        self.names.append(environ.get("HTTP_X_REQUEST_ID", ""))
        self.before()
        if self.status is not None:
            start_response(self.status, [("Content-Type", "text/plain")])
            return [b"out of order"]
        return application(environ, start_response)

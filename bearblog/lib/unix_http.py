"""HTTP over a Unix socket."""

import http.client
import socket


class UnixConnection(http.client.HTTPConnection):
    """A connection to whoever listens at the socket; no wait within it is longer than these seconds."""

    def __init__(self, path: str, *, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)

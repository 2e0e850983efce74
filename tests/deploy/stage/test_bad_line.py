"""The line, with a server behind it that answers each piece with what it got."""

import socket
import threading
from collections.abc import Iterator

import pytest

from deploy.stage.bad_line import BadLine


@pytest.fixture
def echo() -> Iterator[int]:
    """The port of a server that sends back all that it gets."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                while piece := client.recv(1000):
                    client.sendall(piece)

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


@pytest.fixture
def line(echo: int) -> Iterator[BadLine]:
    made = BadLine(echo)
    yield made
    made.close()


def ask(line: BadLine, request: bytes) -> bytes:
    """What comes back of one request."""
    with socket.create_connection(("127.0.0.1", line.port), timeout=5) as connection:
        connection.sendall(request)
        return connection.recv(1000)


def test_it_passes_on_what_comes(line: BadLine) -> None:
    assert ask(line, b"Credential=KEY/2026") == b"Credential=KEY/2026"


def test_a_closed_line_refuses_and_listens_again_at_the_same_port(line: BadLine) -> None:
    line.refuse()
    with pytest.raises(ConnectionRefusedError):
        ask(line, b"one")
    line.mend()
    assert ask(line, b"two") == b"two"


def test_spoilt_keys_are_others_until_it_is_mended(line: BadLine) -> None:
    line.spoil_keys()
    assert ask(line, b"Credential=KEY/2026") == b"Credential=XKEY/2026"
    line.mend()
    assert ask(line, b"Credential=KEY/2026") == b"Credential=KEY/2026"

"""The only door to Litestream's control socket: passes `POST /sync` for one database, and nothing else.

Runs as Litestream's user behind a systemd socket; standard library only, so that it stays small.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import sys
import threading

from bearblog.engines.replication.shared_sync import Answer, SharedSync

_FIRST_SYSTEMD_DESCRIPTOR = 3
_LARGEST_HEAD = 4096
_LARGEST_BODY = 1024
_LARGEST_ANSWER = 64 * 1024
_READ_SECONDS = 2.0
_SYNC_SECONDS = 10
_LONGEST_WAIT = 30.0
_MOST_CLIENTS = 64
_REASONS = {200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 413: "Content Too Large"}


class _Refused(Exception):
    """A request that is not passed on."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.answer = refusal(status, sentence)


def refusal(status: int, sentence: str) -> Answer:
    """An answer that says why nothing was done."""
    return Answer(status, json.dumps({"error": sentence}).encode())


def ask_litestream(control: str, database: str) -> Answer:
    """Litestream's answer to one sync of the database, or a refusal when it gives none in time."""
    body = json.dumps({"path": database, "wait": True, "timeout": _SYNC_SECONDS}).encode()
    head = (
        f"POST /sync HTTP/1.1\r\nHost: litestream\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(_SYNC_SECONDS + 1)
            connection.connect(control)
            connection.sendall(head.encode() + body)
            answer = _read_all(connection)
        status = int(answer.split(b" ", 2)[1])
    except TimeoutError:
        return refusal(504, f"Litestream did not answer within {_SYNC_SECONDS} seconds.")
    except (OSError, ValueError, IndexError) as error:
        return refusal(503, f"Litestream cannot be asked ({error}). Is litestream.service running?")
    content = answer.partition(b"\r\n\r\n")[2]
    return Answer(status, content) if status == 200 else refusal(503, f"Litestream: {_sentence(content)}.")


def serve(listener: socket.socket, shared: SharedSync, database: str) -> None:
    """Answers each connection in a thread of its own, for ever."""
    threading.Thread(target=shared.run, daemon=True).start()
    free = threading.BoundedSemaphore(_MOST_CLIENTS)
    while True:
        connection, _ = listener.accept()
        free.acquire()
        threading.Thread(target=_handle, args=(connection, shared, database, free), daemon=True).start()


def _handle(connection: socket.socket, shared: SharedSync, database: str, free: threading.Semaphore) -> None:
    try:
        with connection:
            connection.settimeout(_READ_SECONDS)
            try:
                answer = shared.wait(_read_request(connection, database))
            except _Refused as refused:
                answer = refused.answer
            reason = _REASONS.get(answer.status, "Unavailable")
            head = (
                f"HTTP/1.1 {answer.status} {reason}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(answer.content)}\r\nConnection: close\r\n\r\n"
            )
            # Who has hung up needs no answer.
            with contextlib.suppress(OSError):
                connection.sendall(head.encode() + answer.content)
    finally:
        free.release()


def _read_request(connection: socket.socket, database: str) -> float:
    """How long the caller waits at most. Raises _Refused for anything but a sync of the database."""
    received = b""
    try:
        while b"\r\n\r\n" not in received:
            received += _receive(connection)
            if len(received) > _LARGEST_HEAD + _LARGEST_BODY:
                raise _Refused(413, "The request is too long.")
        head, _, body = received.partition(b"\r\n\r\n")
        length = _check_head(head.decode("latin-1"))
        while len(body) < length:
            body += _receive(connection)
    except OSError as error:
        raise _Refused(400, "The request did not arrive whole.") from error
    return _check_body(body[:length], database)


def _check_head(head: str) -> int:
    line, *fields = head.split("\r\n")
    if line not in ("POST /sync HTTP/1.1", "POST /sync HTTP/1.0"):
        raise _Refused(403, "Only POST /sync passes here.")
    lengths = [
        field.partition(":")[2].strip() for field in fields if field.lower().startswith("content-length:")
    ]
    if len(lengths) != 1 or not lengths[0].isascii() or not lengths[0].isdigit():
        raise _Refused(400, "The request must name its length once.")
    # Compared as text first: a number of thousands of digits is no number to make.
    if len(lengths[0]) > 4 or int(lengths[0]) > _LARGEST_BODY:
        raise _Refused(413, "The request is too long.")
    return int(lengths[0])


def _check_body(body: bytes, database: str) -> float:
    try:
        data: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _Refused(400, "The body must be JSON.") from error
    if not isinstance(data, dict) or not data.keys() <= {"path", "wait", "timeout"}:
        raise _Refused(400, "The body must be an object of path, wait and timeout.")
    if data.get("path", database) != database:
        raise _Refused(403, "Only the one database may be synced here.")
    if data.get("wait", True) is not True:
        raise _Refused(400, "wait must be true.")
    seconds = data.get("timeout", _SYNC_SECONDS)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= _LONGEST_WAIT:
        raise _Refused(400, f"timeout must be a number of seconds up to {_LONGEST_WAIT:.0f}.")
    return float(seconds)


def _receive(connection: socket.socket) -> bytes:
    if not (part := connection.recv(_LARGEST_HEAD)):
        raise ConnectionError("ended early")
    return part


def _read_all(connection: socket.socket) -> bytes:
    received = b""
    while (part := connection.recv(_LARGEST_HEAD)) and len(received) < _LARGEST_ANSWER:
        received += part
    return received


def _sentence(content: bytes) -> str:
    try:
        data = json.loads(content)
        return str(data.get("details") or data["error"])[:300]
    except (ValueError, KeyError, AttributeError):
        return content.decode(errors="replace").strip()[:300] or "no reason given"


def _listener(path: str | None) -> socket.socket:
    if path is None:
        if os.environ.get("LISTEN_PID") != str(os.getpid()) or os.environ.get("LISTEN_FDS") != "1":
            sys.exit("No socket came from systemd; give one with --listen PATH.")
        return socket.socket(fileno=_FIRST_SYSTEMD_DESCRIPTOR)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108 - pathlib would cost more memory than all the rest here
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    os.chmod(path, 0o660)  # noqa: PTH101 - as above
    listener.listen(_MOST_CLIENTS)
    return listener


def main() -> None:
    """Serves until SIGTERM."""
    parser = argparse.ArgumentParser(prog="forwarder", description=__doc__)
    parser.add_argument("--control", required=True, help="Litestream's control socket")
    parser.add_argument("--database", required=True, help="the one database that may be synced")
    parser.add_argument("--listen", help="make this socket instead of taking systemd's")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Threads here do little; the usual 8 MB of stack each would only be counted against the unit.
    threading.stack_size(256 * 1024)
    shared = SharedSync(lambda: ask_litestream(options.control, options.database), refusal)
    with contextlib.suppress(KeyboardInterrupt):
        serve(_listener(options.listen), shared, options.database)


if __name__ == "__main__":
    main()

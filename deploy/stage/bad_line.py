"""A line to a server that can be slow, silent, cut, or closed: what a bucket far away may become."""

import contextlib
import socket
import threading
import time

_PIECE = 64 * 1024


class BadLine:
    """Passes connections on to a port of the same address. Each request on them is `delay` seconds late."""

    def __init__(self, target: int, *, host: str = "127.0.0.1") -> None:
        self.delay = 0.0
        self._host, self._target = host, target
        self._has_spoilt_keys = self._is_closed = False
        self._open: set[socket.socket] = set()
        self._is_cut = False
        self.port = 0
        self._listen()

    def cut(self) -> None:
        """Ends all connections, and every new one at once."""
        self._is_cut = True
        for one in list(self._open):
            _end(one)

    def refuse(self) -> None:
        """Ends all connections; nobody listens there any more."""
        self.cut()
        self._is_closed = True
        _end(self._listener)
        self._listener.close()

    def spoil_keys(self) -> None:
        """Names another access key in each request, so that the server itself refuses it; begins anew."""
        self.cut()
        self._is_cut, self._has_spoilt_keys = False, True

    def mend(self) -> None:
        """Passes on again, without any delay."""
        self._is_cut, self.delay, self._has_spoilt_keys = False, 0.0, False
        if self._is_closed:
            self._is_closed = False
            self._listen()

    def close(self) -> None:
        """Ends it for good."""
        self.refuse()

    def _listen(self) -> None:
        self._listener = socket.create_server((self._host, self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if self._is_cut:
                client.close()
            else:
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection((self._host, self._target))
        except OSError:
            client.close()
            return
        with client, server:
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open.add(one)
            line = _Line()
            back = threading.Thread(target=self._answers, args=(server, client, line), daemon=True)
            back.start()
            self._requests(client, server, line)
            back.join()
        self._open -= {client, server}

    def _requests(self, client: socket.socket, server: socket.socket, line: "_Line") -> None:
        with contextlib.suppress(OSError):
            while piece := client.recv(_PIECE):
                # The first piece after an answer begins the next request.
                if line.is_answered:
                    line.is_answered = False
                    time.sleep(self.delay)
                server.sendall(_with_another_key(piece) if self._has_spoilt_keys else piece)
        _end(server)

    def _answers(self, server: socket.socket, client: socket.socket, line: "_Line") -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(_PIECE):
                line.is_answered = True
                client.sendall(piece)
        _end(client)


class _Line:
    """What both directions of one connection know."""

    def __init__(self) -> None:
        self.is_answered = True


def _with_another_key(request: bytes) -> bytes:
    return request.replace(b"Credential=", b"Credential=X")


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)

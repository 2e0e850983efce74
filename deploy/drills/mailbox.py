"""A mail server on one address, with STARTTLS, that can keep back its reply in the midst of a letter."""

import contextlib
import socket
import socketserver
import ssl
import subprocess
import tempfile
import threading
from pathlib import Path

# Where a letter is held: when its text is announced, or when all of it was taken and is not yet confirmed.
ANNOUNCED, TAKEN = "announced", "taken"
_HELD_SECONDS = 60.0


class Mailbox:
    """Takes letters until it is closed."""

    def __init__(self, address: str) -> None:
        # The subjects of all letters that came whole, and were taken.
        self.arrived: list[str] = []
        # Set while a letter is held.
        self.held = threading.Event()
        self._release = threading.Event()
        self._hold_at = ""
        with tempfile.TemporaryDirectory(prefix="bearblog-mailbox-") as folder:
            key, certificate = _make_certificate(Path(folder), address)
            self.certificate = certificate.read_text()
            self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self._tls.load_cert_chain(certificate, key)
        self._server = socketserver.ThreadingTCPServer((address, 0), self._handler())
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def hold(self, place: str) -> None:
        """Keeps back the reply to the next letter, at that place of it, until it is released."""
        self.held.clear()
        self._release.clear()
        self._hold_at = place

    def release(self) -> None:
        """Lets the letter that is held go on."""
        self._release.set()

    def close(self) -> None:
        """Takes no more letters."""
        self.release()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[socketserver.BaseRequestHandler]:
        mailbox = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                # Who was killed says no goodbye.
                with contextlib.suppress(OSError):
                    mailbox._serve(self.request)

        return Handler

    def _serve(self, connection: socket.socket) -> None:
        """Talks until the other side goes, or wants to begin anew in secret."""
        with connection.makefile("rwb", buffering=0) as stream:
            if not isinstance(connection, ssl.SSLSocket):
                _say(stream, "220 mailbox")
            while line := stream.readline().decode("latin-1"):
                match line.partition(" ")[0].strip().upper():
                    case "EHLO" | "HELO":
                        _say(stream, "250-mailbox", "250 STARTTLS")
                    case "STARTTLS":
                        _say(stream, "220 go on")
                        break
                    case "DATA":
                        self._take(stream)
                    case "QUIT":
                        _say(stream, "221 goodbye")
                        return
                    case _:
                        _say(stream, "250 yes")
            else:
                return
        with self._tls.wrap_socket(connection, server_side=True) as secret:
            self._serve(secret)

    def _take(self, stream: socket.SocketIO) -> None:
        self._hold_if_asked(ANNOUNCED)
        _say(stream, "354 go on")
        subject = ""
        while (line := stream.readline().decode("latin-1")) != ".\r\n":
            if not line:
                return
            if line.startswith("Subject: ") and not subject:
                subject = line.removeprefix("Subject: ").strip()
        self.arrived.append(subject)
        self._hold_if_asked(TAKEN)
        _say(stream, "250 taken")

    def _hold_if_asked(self, place: str) -> None:
        if self._hold_at == place:
            self._hold_at = ""
            self.held.set()
            self._release.wait(_HELD_SECONDS)


def _say(stream: socket.SocketIO, *lines: str) -> None:
    stream.write("".join(f"{line}\r\n" for line in lines).encode())


def _make_certificate(folder: Path, address: str) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=mailbox", "-addext", f"subjectAltName=IP:{address}"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return key, certificate

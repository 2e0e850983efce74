"""A real Caddy on loopback, with the box's own Caddyfile and an application that can be absent."""

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.rendering import PROJECT, render

MAIN_HOST = "bear.localhost"


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def variables(folder: Path) -> dict[str, object]:
    """What the Caddyfile is rendered with, all of it below the folder."""
    return {
        "caddy_acme_ca": "internal",
        "caddy_acme_ca_root": "",
        "caddy_acme_email": "",
        "caddy_admin_socket": folder / "admin.sock",
        "caddy_ask_port": free_port(),
        "caddy_blogs_domain": MAIN_HOST,
        "caddy_hosts_dir": folder / "hosts",
        "caddy_http_port": free_port(),
        "caddy_https_port": free_port(),
        "caddy_last_root": folder / "cache/last",
        "caddy_log_file": folder / "access.log",
        "caddy_log_level": "INFO",
        "caddy_main_host": MAIN_HOST,
        "caddy_media_root": folder / "media",
        "caddy_pages_root": folder / "cache/pages",
        "caddy_protocols": "h1 h2",
        "caddy_static_root": folder / "static",
        "caddy_storage_dir": folder / "storage",
        "caddy_web_socket": folder / "web.sock",
    }


@dataclass
class Application:
    """Stands where gunicorn does: answers each request with the request itself, or does worse."""

    path: Path
    received: list[bytes] = field(default_factory=list)
    status: int = 200
    # Header lines of its answers, each with its line end.
    headers: str = ""
    # Takes connections, as the socket does that systemd holds, and never answers.
    is_hung: bool = False
    # Ends while a request waits for its answer.
    is_dying: bool = False

    def __enter__(self) -> "Application":
        self.path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.path))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve)
        if not self.is_hung:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        if not self.is_hung:
            self._thread.join()
        self.path.unlink()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                request = b""
                while b"\r\n\r\n" not in request:
                    request += connection.recv(65536)
                self.received.append(request)
                if not self.is_dying:
                    connection.sendall(self._answer(request))

    def _answer(self, request: bytes) -> bytes:
        head = f"HTTP/1.1 {self.status} Said\r\nContent-Length: {len(request)}\r\nConnection: close\r\n"
        return f"{head}{self.headers}\r\n".encode() + request


@dataclass
class Door:
    """Caddy, as a visitor meets it."""

    folder: Path
    https_port: int
    http_port: int
    ask_port: int

    def grant(self, host: str) -> None:
        """Lets a host have a certificate, as the application does."""
        (self.folder / "hosts" / host).touch()

    def application(self, **manners: Any) -> Application:
        """The application behind the door, which runs inside a with block."""
        return Application(self.folder / "web.sock", **manners)

    def visit(
        self, host: str, path: str = "/", *, said: str | None = None, **options: object
    ) -> httpx.Response:
        """The answer to a request for the host. `said` is a Host header other than the host itself."""
        headers = {"Host": said or f"{host}:{self.https_port}", **options.pop("headers", {})}  # type: ignore[dict-item]
        with httpx.Client(verify=self._trusted(), timeout=float(options.pop("timeout", 30))) as client:  # type: ignore[arg-type]
            return client.request(
                str(options.pop("method", "GET")),
                f"https://127.0.0.1:{self.https_port}{path}",
                headers=headers,
                extensions={"sni_hostname": host},
                **options,  # type: ignore[arg-type]
            )

    def send(self, host: str, request: bytes) -> bytes:
        """What comes back on a connection for the host when exactly these bytes are sent."""
        with (
            socket.create_connection(("127.0.0.1", self.https_port), timeout=20) as plain,
            self._trusted().wrap_socket(plain, server_hostname=host) as secure,
        ):
            secure.sendall(request)
            return b"".join(iter(lambda: secure.recv(65536), b""))

    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "storage/pki/authorities/local/root.crt"))

    def may_have_certificate(self, name: str) -> bool:
        """What Caddy answers itself when it asks whether the name may have a certificate."""
        answer = httpx.get(f"http://127.0.0.1:{self.ask_port}/", params={"domain": name})
        return answer.status_code == 200


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A running Caddy without an application behind it."""
    folder = tmp_path_factory.mktemp("caddy")
    for name in ("hosts", "static", "cache"):
        (folder / name).mkdir()
    values = variables(folder)
    (folder / "Caddyfile").write_text(render("caddy/Caddyfile.j2", values))
    ports = [int(str(values[name])) for name in ("caddy_https_port", "caddy_http_port", "caddy_ask_port")]
    with (folder / "caddy.log").open("w") as log:
        caddy = subprocess.Popen(
            [PROJECT / ".venv/bin/caddy", "run", "--config", folder / "Caddyfile"], stdout=log, stderr=log
        )
    try:
        for port in ports:
            await_port(port, caddy, folder / "caddy.log")
        door = Door(folder, *ports)
        await_certificate(door)
        yield door
    finally:
        caddy.terminate()
        caddy.wait(timeout=20)


def await_port(port: int, caddy: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the port takes connections; fails with Caddy's log when it does not."""
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert caddy.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.02)
        else:
            return


def await_certificate(door: Door) -> None:
    """Returns when the main host has its certificate, which Caddy makes after it has opened its ports."""
    deadline = time.monotonic() + 20
    while True:
        try:
            door.visit(MAIN_HOST, "/readyz")
        except (httpx.ConnectError, FileNotFoundError):
            assert time.monotonic() < deadline, (door.folder / "caddy.log").read_text()
            time.sleep(0.02)
        else:
            return

"""A real Caddy on loopback, with the box's own Caddyfile and an application that can be absent."""

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

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
        "caddy_hosts_dir": folder / "hosts",
        "caddy_http_port": free_port(),
        "caddy_https_port": free_port(),
        "caddy_log_file": folder / "access.log",
        "caddy_log_level": "INFO",
        "caddy_main_host": MAIN_HOST,
        "caddy_media_root": folder / "media",
        "caddy_protocols": "h1 h2",
        "caddy_static_root": folder / "static",
        "caddy_storage_dir": folder / "storage",
        "caddy_web_socket": folder / "web.sock",
    }


@dataclass
class Application:
    """Stands where gunicorn does: answers each request with the request itself."""

    path: Path
    received: list[bytes] = field(default_factory=list)
    # Header lines of its answers, each with its line end.
    headers: str = ""

    def __enter__(self) -> "Application":
        self.path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.path))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        self.path.unlink()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                request = connection.recv(65536)
                self.received.append(request)
                head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(request)}\r\nConnection: close\r\n"
                head += f"{self.headers}\r\n"
                connection.sendall(head.encode() + request)


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

    def application(self) -> Application:
        """The application behind the door, which runs inside a with block."""
        return Application(self.folder / "web.sock")

    def visit(
        self, host: str, path: str = "/", *, said: str | None = None, **options: object
    ) -> httpx.Response:
        """The answer to a request for the host. `said` is a Host header other than the host itself."""
        trusted = ssl.create_default_context(
            cafile=str(self.folder / "storage/pki/authorities/local/root.crt")
        )
        headers = {"Host": said or f"{host}:{self.https_port}", **options.pop("headers", {})}  # type: ignore[dict-item]
        with httpx.Client(verify=trusted, timeout=30) as client:
            return client.request(
                str(options.pop("method", "GET")),
                f"https://127.0.0.1:{self.https_port}{path}",
                headers=headers,
                extensions={"sni_hostname": host},
                **options,  # type: ignore[arg-type]
            )

    def may_have_certificate(self, name: str) -> bool:
        """What Caddy answers itself when it asks whether the name may have a certificate."""
        answer = httpx.get(f"http://127.0.0.1:{self.ask_port}/", params={"domain": name})
        return answer.status_code == 200


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A running Caddy without an application behind it."""
    folder = tmp_path_factory.mktemp("caddy")
    (folder / "hosts").mkdir()
    (folder / "static").mkdir()
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

"""A whole site in a folder of its own: gunicorn behind the box's own Caddyfile, gone at the end.

For what wants real pages and no droplet: pictures, audits, figures of server time, browser tests.
"""

import functools
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bearblog.lib.unix_http import UnixConnection
from deploy.dev import configuration
from deploy.dev.environment import HOST, PROJECT

PASSWORD = "an honest pass phrase"  # noqa: S105 - of a site that lives for minutes, on loopback
_PROGRAMS = Path(sys.executable).parent
_PATIENCE_SECONDS = 30

_OWNER = f"""
from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.services import make_writer
owner = User.objects.create_superuser("alice@example.org", "{PASSWORD}")
make_writer(owner)
"""


@dataclass(frozen=True)
class Site:
    """Where the site answers, and how to run a management command on it."""

    url: str
    port: int
    folder: Path
    environment: dict[str, str]

    def blog_url(self, subdomain: str) -> str:
        """The address of a blog's front page."""
        return f"https://{subdomain}.{HOST}:{self.port}/"

    def manage(self, *arguments: str, script: str | None = None) -> str:
        """What a management command prints. Raises CalledProcessError when it fails."""
        command = [sys.executable, str(PROJECT / "manage.py"), *arguments]
        finished = subprocess.run(
            command,
            cwd=PROJECT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            input=script,
        )
        return finished.stdout

    def shell(self, script: str) -> str:
        """What the Python lines print, run with the site's models."""
        return self.manage("shell", "--no-imports", "--command", script)


@contextmanager
def running_site(
    folder: Path, *, settings: dict[str, str] | None = None, web_log: BinaryIO | None = None
) -> Iterator[Site]:
    """The site, with alice as its owner, until the block ends. `web_log` takes what gunicorn says."""
    https_port, http_port, ask_port = (_free_port() for _ in range(3))
    site = Site(
        f"https://{HOST}:{https_port}",
        https_port,
        folder,
        _environment(folder, https_port) | (settings or {}),
    )
    site.manage("migrate", "--verbosity=0")
    site.manage("collectstatic", "--no-input", "--verbosity=0")
    site.shell(_OWNER)
    configuration.render_caddyfile(folder, https_port=https_port, http_port=http_port, ask_port=ask_port)
    with ExitStack() as stack:
        stack.enter_context(process(_gunicorn(folder), site.environment, stderr=web_log))
        caddy_log = stack.enter_context((folder / "log/caddy.log").open("wb"))
        stack.enter_context(process(_caddy(folder), site.environment, stderr=caddy_log))
        # Caddy answers before the application does.
        await_socket(folder / "run/web.sock")
        _await(functools.partial(_ask, folder / "run/web.sock"))
        _await(functools.partial(_shake_hands, https_port))
        yield site


def _gunicorn(folder: Path) -> list[str]:
    socket_file = folder / "run/web.sock"
    options = ["--worker-class=gthread", "--threads=4", "--no-control-socket", "--log-level=warning"]
    return [str(_PROGRAMS / "gunicorn"), "bearblog.wsgi", *options, f"--bind=unix:{socket_file}"]


def _caddy(folder: Path) -> list[str]:
    options = ["--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    return [str(_PROGRAMS / "caddy"), "run", *options]


def _environment(folder: Path, https_port: int) -> dict[str, str]:
    for name in ("data/hosts", "data/media", "cache", "run", "static", "home", "log", "caddy"):
        (folder / name).mkdir(parents=True)
    key = folder / "secret_key"
    key.write_text("only-for-this-folder-" + "0123456789abcdef" * 4, encoding="utf-8")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BEARBLOG_")}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "bearblog.settings",
        "HOME": str(folder / "home"),
        "BEARBLOG_MAIN_HOST": HOST,
        "BEARBLOG_HTTPS_PORT": str(https_port),
        "BEARBLOG_DATA_DIR": str(folder / "data"),
        "BEARBLOG_CACHE_DIR": str(folder / "cache"),
        "BEARBLOG_STATIC_DIR": str(folder / "static"),
        "BEARBLOG_ACCESS_LOG": str(folder / "log/access.log"),
        "BEARBLOG_WEB_SOCKET": str(folder / "run/web.sock"),
        "BEARBLOG_SECRET_KEY_FILE": str(key),
    }


@contextmanager
def process(
    command: list[str], environment: dict[str, str], stderr: BinaryIO | None = None
) -> Iterator[None]:
    """A program of the site, until the block ends."""
    running = subprocess.Popen(command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stderr=stderr)
    try:
        yield
    finally:
        running.terminate()
        running.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_socket(file: Path) -> None:
    """Returns when something listens at the Unix socket. Raises OSError when nothing does in time."""
    _await(functools.partial(_connect, file))


def _await(answer: Callable[[], None]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return answer()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _connect(file: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(str(file))


def _ask(web_socket: Path) -> None:
    # An answer, and not a connection: gunicorn listens before it has loaded the application.
    connection = UnixConnection(str(web_socket), timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
        connection.getresponse().read()
    finally:
        connection.close()


def _shake_hands(port: int) -> None:
    context = ssl.create_default_context()
    # The certificate is of an authority that Caddy has just made up.
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        context.wrap_socket(connection, server_hostname=HOST).close()

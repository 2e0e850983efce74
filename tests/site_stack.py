"""A whole site on loopback: gunicorn behind Caddy over HTTPS, with data of its own, gone at the end."""

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
PASSWORD = "an honest pass phrase"

CADDYFILE = """
{{
    admin off
    auto_https disable_redirects
    skip_install_trust
    storage file_system {root}/caddy
    log {{
        level ERROR
    }}
}}
bear.localhost:{https}, *.bear.localhost:{https} {{
    bind 127.0.0.1
    tls internal
    reverse_proxy 127.0.0.1:{http} {{
        header_up X-Real-IP {{remote_host}}
    }}
}}
"""

FIRST_PEOPLE = f"""
from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.services import make_writer
alice = User.objects.create_superuser("alice@example.org", "{PASSWORD}")
make_writer(alice)
"""


@dataclass(frozen=True)
class Site:
    """Where the site answers, and how to run a management command on it."""

    url: str
    port: int
    environment: dict[str, str]

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=TREE,
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def running_site(root: Path) -> Iterator[Site]:
    """The site with alice as its owner, until the block ends."""
    https, http = _free_port(), _free_port()
    site = Site(f"https://bear.localhost:{https}", https, _environment(root, https))
    site.manage("migrate", "--verbosity=0")
    site.manage("collectstatic", "--no-input", "--verbosity=0")
    site.manage("shell", "--no-imports", "--command", FIRST_PEOPLE)
    caddyfile = root / "Caddyfile"
    caddyfile.write_text(CADDYFILE.format(root=root, https=https, http=http), encoding="utf-8")
    gunicorn: list[str | Path] = [
        PROGRAMS / "gunicorn",
        "bearblog.wsgi",
        "--worker-class=gthread",
        "--threads=4",
    ]
    gunicorn += ["--no-control-socket", f"--bind=127.0.0.1:{http}", "--log-level=warning"]
    caddy: list[str | Path] = [PROGRAMS / "caddy", "run", "--config", caddyfile, "--adapter", "caddyfile"]
    with ExitStack() as stack:
        for command in (gunicorn, caddy):
            stack.enter_context(_process(command, site.environment))
        _await_handshake(https)
        yield site


def _environment(root: Path, https: int) -> dict[str, str]:
    for name in ("data", "cache", "run", "static", "home"):
        (root / name).mkdir()
    (root / "secret_key").write_text("only-for-tests-" + "0123456789abcdef" * 4, encoding="utf-8")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BEARBLOG_")}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "bearblog.settings",
        "HOME": str(root / "home"),
        "BEARBLOG_MAIN_HOST": "bear.localhost",
        "BEARBLOG_HTTPS_PORT": str(https),
        "BEARBLOG_DATA_DIR": str(root / "data"),
        "BEARBLOG_CACHE_DIR": str(root / "cache"),
        "BEARBLOG_STATIC_DIR": str(root / "static"),
        "BEARBLOG_SECRET_KEY_FILE": str(root / "secret_key"),
    }


@contextmanager
def _process(command: list[str | Path], environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=TREE, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_handshake(port: int) -> None:
    context = ssl.create_default_context()
    # The certificate is of an authority that Caddy has just made up.
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    deadline = time.monotonic() + 30
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                context.wrap_socket(connection, server_hostname="bear.localhost").close()
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)

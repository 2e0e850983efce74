"""Asks a release for pages, as readers do, before and after they are led to it."""

import http.client
import random
import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import Path

from bearblog.lib.unix_http import UnixConnection
from deploy.releases.errors import ReleaseError
from deploy.releases.places import Places

_BLOGS = 5
_SECONDS = 30.0
WEB_SOCKET = Path("/run/bearblog/web.sock")


@dataclass(frozen=True)
class Visit:
    """The last answer, 0 and why where there was none, and after how many seconds."""

    status: int
    problem: str
    seconds: float


def compare(places: Places, candidate: Path) -> int:
    """How many pages were asked for. The candidate must be ready and answer as what serves does.

    Raises ReleaseError.
    """
    main_host = places.setting("BEARBLOG_MAIN_HOST")
    status, words = _ask(candidate, main_host, "/readyz")
    if status != 200:
        raise ReleaseError(f"It is not ready (status {status}): {words}")
    questions = [(main_host, path) for path in ("/", "/account/login/")]
    questions += [(host, path) for host in _some_hosts(places) for path in ("/", "/feed/")]
    for host, path in questions:
        status, _ = _ask(candidate, host, path)
        known, _ = _ask(WEB_SOCKET, host, path)
        # What serves may be broken itself: then whatever is no error is better.
        if status >= 500 or (known < 500 and status != known):
            raise ReleaseError(f"It answers {status} for https://{host}{path}, what serves answers {known}.")
    return len(questions)


def visit(places: Places, *, seconds: float) -> Visit:
    """What the site answers through its own front door, once it is 200 or the time is over."""
    host = places.setting("BEARBLOG_MAIN_HOST")
    port = int(places.setting("BEARBLOG_HTTPS_PORT") or 443)
    began = time.monotonic()
    while True:
        try:
            status, problem = _through_the_door(host, port), ""
        except (OSError, http.client.HTTPException) as error:
            status, problem = 0, str(error)
        gone = time.monotonic() - began
        if status == 200 or gone > seconds:
            return Visit(status, problem, round(gone, 1))
        time.sleep(0.1)


def _through_the_door(host: str, port: int) -> int:
    # The way in is tested here, not the authority: a private one is as good.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        connection = http.client.HTTPConnection(host, port)
        connection.sock = secure
        # For whoever has a cookie the application itself makes the page; a stored one would prove nothing.
        connection.request("GET", "/", headers={"Cookie": "visit=1"})
        return connection.getresponse().status


def _ask(file: Path, host: str, path: str) -> tuple[int, str]:
    connection = UnixConnection(str(file), timeout=_SECONDS)
    # As the worker asks: for a page that is made now, whatever lies stored.
    headers = {"Host": host, "X-Forwarded-Proto": "https", "X-Bearblog-Render": "compare"}
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode(errors="replace").strip()
    except (OSError, http.client.HTTPException) as error:
        raise ReleaseError(f"{file} does not answer for https://{host}{path} ({error}).") from error
    finally:
        connection.close()


def _some_hosts(places: Places) -> list[str]:
    hosts = sorted(file.name for file in places.hosts.iterdir())
    return random.sample(hosts, min(_BLOGS, len(hosts)))

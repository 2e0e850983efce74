"""Asks the web process of this box for a page, as a reader whom Caddy passes on."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from django.conf import settings

from bearblog.lib import request_id
from bearblog.lib.unix_http import UnixConnection

_SECONDS = 10
_MOST_BYTES = 20_000_000


class Render(StrEnum):
    """What becomes of a page that is made for the worker: stored in its place, or only looked at."""

    AGAIN = "again"
    COMPARE = "compare"


class NoAnswer(Exception):
    """Why the web process answered nothing: a sentence for a person."""


@dataclass(frozen=True)
class Answer:
    """What was answered."""

    status: int
    body: bytes


def ask(host: str, path: str, render: Render) -> Answer:
    """What the application makes of the decoded path now, whatever lies stored. Raises NoAnswer."""
    headers = {
        "X-Forwarded-Proto": "https",
        "X-Real-IP": "127.0.0.1",
        # Caddy takes it away from whoever else sends it.
        "X-Bearblog-Render": render,
        request_id.HEADER: request_id.current() or request_id.make(),
    }
    return _get(host, path, headers)


def readiness() -> Answer:
    """What the application says of itself, asked as only the box can. Raises NoAnswer."""
    return _get(settings.MAIN_HOST, "/readyz", {})


def _get(host: str, path: str, headers: Mapping[str, str]) -> Answer:
    connection = UnixConnection(settings.WEB_SOCKET, timeout=_SECONDS)
    try:
        connection.request("GET", quote(path), headers={"Host": host, **headers})
        response = connection.getresponse()
        return Answer(response.status, response.read(_MOST_BYTES))
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(f"The web process does not answer at {settings.WEB_SOCKET} ({error}).") from error
    finally:
        connection.close()

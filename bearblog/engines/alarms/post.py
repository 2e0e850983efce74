"""Posts to an address over HTTP or HTTPS, which is a secret: no error names it."""

import http.client
from urllib.parse import SplitResult, urlsplit

from bearblog.engines.alarms.errors import NotSent

SECONDS = 10.0
_MOST_BYTES = 1000


def post(url: str, body: bytes, *, content_type: str, seconds: float = SECONDS) -> None:
    """Posts the body; no wait within it is longer than these seconds. Follows no redirect. Raises NotSent."""
    parts = urlsplit(url)
    try:
        connection = _connection(parts, seconds)
    except ValueError as error:
        raise NotSent("The address is no http:// or https:// address.") from error
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    try:
        connection.request("POST", target, body, {"Content-Type": content_type, "User-Agent": "Bearblog"})
        response = connection.getresponse()
        response.read(_MOST_BYTES)
    except TimeoutError as error:
        raise NotSent(f"There was no answer within {seconds:.0f} seconds.") from error
    except OSError as error:
        raise NotSent(f"There is no connection ({error.strerror or type(error).__name__}).") from error
    except (http.client.HTTPException, ValueError) as error:
        raise NotSent(f"The answer is no HTTP ({type(error).__name__}).") from error
    finally:
        connection.close()
    if not 200 <= response.status < 300:
        raise NotSent(f"The answer was {response.status}.")


def _connection(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise ValueError(parts.scheme)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname, parts.port, timeout=seconds)

"""A question over a Unix socket of this box, answered within the time that it names, or not at all."""

import http.client
import json
from pathlib import Path

from bearblog.engines.replication.errors import TimedOut, Unreachable
from bearblog.lib.unix_http import UnixConnection

_LARGEST_ANSWER = 64 * 1024


def ask(socket_path: str | Path, path: str, *, timeout: float, whom: str, unit: str) -> tuple[int, bytes]:
    """Status and content of the answer. Raises TimedOut, Unreachable, with whom was asked and its unit."""
    # Whoever is asked gives up by itself; the extra half second lets its own sentence arrive.
    connection = UnixConnection(str(socket_path), timeout=timeout + 0.5)
    try:
        connection.request("POST", path, json.dumps({"timeout": timeout}))
        response = connection.getresponse()
        return response.status, response.read(_LARGEST_ANSWER)
    except TimeoutError as error:
        raise TimedOut(f"{whom} did not answer within {timeout:.1f} seconds.") from error
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"{whom} cannot be asked ({error}). Is {unit} running?") from error
    finally:
        connection.close()

"""What a host answers over HTTPS at one address of ours, whatever its name leads to elsewhere."""

import http.client
import socket
import ssl

_SECONDS = 10
_MOST_BYTES = 1000


class NoAnswer(Exception):
    """Why nothing, or nothing that could be believed, was answered: a sentence for a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def fetch(host: str, path: str, *, address: str, port: int = 443) -> str:
    """The beginning of the text at this path, asked of this address with a certificate for the host.

    Follows no redirect. Raises NoAnswer.
    """
    connection = http.client.HTTPSConnection(host, port, timeout=_SECONDS)
    try:
        # The name is never looked up again here: it could lead somewhere else by now.
        bare = socket.create_connection((address, port), timeout=_SECONDS)
        connection.sock = _secured(bare, host)
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read(_MOST_BYTES)
    except ssl.SSLError as error:
        raise NoAnswer(f"There is no certificate for {host} yet, or none that browsers believe.") from error
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(f"{host} did not answer over HTTPS.") from error
    finally:
        connection.close()
    if response.status != http.HTTPStatus.OK:
        raise NoAnswer(f"{host} answered over HTTPS, but with the status {response.status}.")
    return body.decode("utf-8", errors="replace").strip()


def _secured(bare: socket.socket, host: str) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(bare, server_hostname=host)
    except OSError:
        bare.close()
        raise

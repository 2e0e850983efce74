"""An HTTPS client that finds a droplet's names at its address, whatever the names resolve to."""

import ssl

import httpx


class AtAddress(httpx.BaseTransport):
    """Sends every request to one address, whatever the name in its URL, as a resolver would."""

    def __init__(self, address: str, trust: ssl.SSLContext) -> None:
        self._address = address
        self._inner = httpx.HTTPTransport(verify=trust)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        moved = httpx.Request(
            request.method,
            request.url.copy_with(host=self._address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return self._inner.handle_request(moved)

    def close(self) -> None:
        self._inner.close()

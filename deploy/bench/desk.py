"""A signed-in author's way into the studio, over HTTPS, as the editor's script takes it."""

from typing import Any, Protocol

import httpx

# A token may come as the cookie's own 32 characters (django.middleware.csrf).
_TOKEN = "0123456789abcdef" * 2


class Place(Protocol):
    """Where a site answers, and how it is asked."""

    @property
    def site_url(self) -> str: ...

    def client(self) -> httpx.Client: ...


class Desk:
    """Asks and posts as one author does."""

    def __init__(self, place: Place, session: str) -> None:
        self._site = place.site_url.rstrip("/")
        self._client = place.client()
        cookies = f"__Host-session={session}; __Host-csrf={_TOKEN}"
        self._client.headers.update(
            {"Cookie": cookies, "X-CSRFToken": _TOKEN, "Origin": self._site, "Accept": "application/json"}
        )

    def get(self, address: str) -> dict[str, Any]:
        """The JSON at an address of the main site. Raises HTTPError where there is none."""
        return _said(address, self._client.get(self._site + address))

    def post(self, address: str, fields: dict[str, str]) -> dict[str, Any]:
        """The JSON that answers a save. Raises HTTPError where it is refused."""
        return _said(address, self._client.post(self._site + address, data=fields))

    def submit(self, address: str, fields: dict[str, str]) -> httpx.Response:
        """The page that answers the same form where there is no script. Raises HTTPError."""
        return self._client.post(self._site + address, data=fields, headers={"Accept": "text/html"})


def _said(address: str, answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code != 200:
        raise httpx.HTTPStatusError(
            f"{address} answered {answer.status_code}: {answer.text[:300]}",
            request=answer.request,
            response=answer,
        )
    said: dict[str, Any] = answer.json()
    return said

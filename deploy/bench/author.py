"""An author in the studio, signed in, who saves one post again and again, as the editor's script does."""

import re
import secrets
import uuid
from typing import Any, Protocol

import httpx

_TITLE = re.compile(r"^title:.*$", re.MULTILINE)
# A token may come as the cookie's own 32 characters (django.middleware.csrf).
_TOKEN = "0123456789abcdef" * 2


class Place(Protocol):
    """Where a site answers, and how it is asked."""

    @property
    def site_url(self) -> str: ...

    def client(self) -> httpx.Client: ...


class Author:
    """Writes the post "storm" of a blog; each save counts up the number that stands in title and text."""

    def __init__(self, place: Place, blog: str, session: str) -> None:
        self.blog = blog
        self.number = 0
        # What the last answer said of the copy off the box.
        self.off_site = ""
        self._place = place
        self._client = place.client()
        cookies = f"__Host-session={session}; __Host-csrf={_TOKEN}"
        site = place.site_url.rstrip("/")
        self._client.headers.update(
            {"Cookie": cookies, "X-CSRFToken": _TOKEN, "Origin": site, "Accept": "application/json"}
        )
        self._address = f"/studio/{blog}/posts/new/"
        self._slug = f"storm-{secrets.token_hex(3)}"
        self._header = f"title: Storm\nlink: {self._slug}"
        self._based_on = ""
        self._subject = ""
        self._key = str(uuid.uuid4())

    @property
    def path(self) -> str:
        """Where readers find the post."""
        return f"/{self._slug}/"

    def publish(self) -> int:
        """The number that readers see from the answer on. Raises HTTPError where the save is refused."""
        number = self.number + 1
        said = self._post(
            {
                "header": _TITLE.sub(f"title: {mark(number)}", self._header),
                "text": f"{mark(number)}\n\n" + "What the wind carried off in the night. " * 75,
                "based_on": self._based_on,
                "subject": self._subject,
                "creation_key": self._key,
                "do": "publish" if self.number == 0 else "save",
            }
        )
        self._address, self._header = said["address"], said["header"]
        self._based_on, self._subject = said["based_on"], said["subject"]
        self.number = number
        self.off_site = said.get("off_site", {}).get("state", "")
        return number

    def _post(self, fields: dict[str, str]) -> dict[str, Any]:
        answer = self._client.post(self._place.site_url.rstrip("/") + self._address, data=fields)
        if answer.status_code != 200:
            raise httpx.HTTPStatusError(
                f"{self._address} answered {answer.status_code}: {answer.text[:300]}",
                request=answer.request,
                response=answer,
            )
        said: dict[str, Any] = answer.json()
        return said


_MARK = re.compile(rb"Storm number (\d+)")


def mark(number: int) -> str:
    """How the number stands in a page."""
    return f"Storm number {number}"


def read_number(body: bytes) -> int:
    """The highest number that stands in the page; 0 where there is none."""
    return max((int(number) for number in _MARK.findall(body)), default=0)

"""An author in the studio, signed in, who saves one post again and again, as the editor's script does."""

import re
import secrets
import uuid

from deploy.bench.desk import Desk, Place

_TITLE = re.compile(r"^title:.*$", re.MULTILINE)


class Author:
    """Writes the post "storm" of a blog; each save counts up the number that stands in title and text."""

    def __init__(self, place: Place, blog: str, session: str) -> None:
        self.blog = blog
        self.number = 0
        # What the last answer said of the copy off the box.
        self.off_site = ""
        self._desk = Desk(place, session)
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
        said = self._desk.post(
            self._address,
            {
                "header": _TITLE.sub(f"title: {mark(number)}", self._header),
                "text": f"{mark(number)}\n\n" + "What the wind carried off in the night. " * 75,
                "based_on": self._based_on,
                "subject": self._subject,
                "creation_key": self._key,
                "do": "publish" if self.number == 0 else "save",
            },
        )
        self._address, self._header = said["address"], said["header"]
        self._based_on, self._subject = said["based_on"], said["subject"]
        self.number = number
        self.off_site = said.get("off_site", {}).get("state", "")
        return number


_MARK = re.compile(rb"Storm number (\d+)")


def mark(number: int) -> str:
    """How the number stands in a page."""
    return f"Storm number {number}"


def read_number(body: bytes) -> int:
    """The highest number that stands in the page; 0 where there is none."""
    return max((int(number) for number in _MARK.findall(body)), default=0)

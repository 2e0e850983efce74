"""What authors were told of each post, to be compared with what a box holds."""

import hashlib
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SAFE, PENDING, UNANSWERED = "safe", "pending", "unanswered"


@dataclass(frozen=True)
class Post:
    """A post that an author writes. The key is the editor's own: sent twice, the post is there once."""

    title: str
    blog: str
    slug: str
    text: str
    key: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def digest(self) -> str:
        """The SHA-256 of the text."""
        return digest(self.text)


def digest(text: str) -> str:
    """The SHA-256 of a text, line ends and white space around it aside."""
    return hashlib.sha256("\n".join(text.split("\r\n")).strip().encode()).hexdigest()


class Ledger:
    """Each post with the last word about it. Several authors write into it at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: dict[str, tuple[Post, str]] = {}

    def note(self, post: Post, said: str) -> None:
        """Takes the place of what was said of the post before."""
        with self._lock:
            self._said[post.title] = (post, said)

    def count(self, said: str) -> int:
        """How many posts this was said of."""
        return len(self.told(said))

    def told(self, *said: str) -> list[Post]:
        """The posts of which one of these was said, oldest first."""
        with self._lock:
            return [post for post, last in self._said.values() if last in said]

    def lost(self, found: Mapping[str, Sequence[str]], *said: str) -> list[str]:
        """The titles of which one of these was said, and which were not found with their text.

        What was found is the digests of all texts, by title.
        """
        return [post.title for post in self.told(*said) if post.digest not in found.get(post.title, ())]

    def doubled(self, found: Mapping[str, Sequence[str]]) -> list[str]:
        """The titles in the ledger that were found more than once."""
        with self._lock:
            return [title for title in self._said if len(found.get(title, ())) > 1]

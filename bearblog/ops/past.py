"""Opens the past of this box: its database at a moment, and media that are no longer on its disk."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import find_user
from bearblog.domain.blogs.models import Blog
from bearblog.domain.newsletter.restoring import restore_subscribers
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.past_parcel import FetchMedia
from bearblog.domain.transfer.records import SubscriberLine
from bearblog.engines.replication import past, superseded
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.fetching import Report
from bearblog.ops import box


def fetch(file: Path, moment: datetime, report: Report) -> str:
    """Writes the database of the moment into the file; returns the prefix it came from.

    Raises ReplicationError.
    """
    now, expected = datetime.now(UTC), box.database().stat().st_size
    return past.fetch_past(box.bucket(), file, moment=moment, now=now, expected=expected, report=report)


def media_fetcher() -> FetchMedia:
    """Has media files from the bucket, one at a time. Raises ReplicationError where there is no bucket."""
    bucket = box.bucket()

    def fetch_one(name: str, file: Path) -> bool:
        try:
            return past.fetch_media(bucket, name, file)
        except ReplicationError as error:
            raise TransferError(f"its bytes ({name}) cannot be fetched. {error}") from error

    return fetch_one


def take_subscribers(blog: Blog, lines: Iterable[SubscriberLine]) -> int:
    """Stores the subscribers of a blog that is back; returns how many."""
    return restore_subscribers(blog=blog, rows=lines)


def find_owner(email: str | None) -> User | None:
    """The person with this address; None where none is named. Raises TransferError."""
    user = find_user(email) if email else None
    if email and user is None:
        raise TransferError(f"Nobody here has the address {email}.")
    return user


def refuse_if_replaced() -> None:
    """Raises TransferError on a box that another one has replaced: nothing shall be brought back to it."""
    if superseded.is_superseded(box.superseded_file()):
        raise TransferError("Another box took over; bring it back there. This one only shows the past.")

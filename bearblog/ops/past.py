"""Opens the past of this box: its database at a moment, and media that are no longer on its disk."""

from datetime import UTC, datetime
from pathlib import Path

from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.past_parcel import FetchMedia
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


def refuse_if_replaced() -> None:
    """Raises TransferError on a box that another one has replaced: nothing shall be brought back to it."""
    if superseded.is_superseded(box.superseded_file()):
        raise TransferError("Another box took over; bring it back there. This one only shows the past.")

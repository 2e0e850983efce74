"""Fetches the database as it was at a moment into a file of its own; nothing on the box is changed."""

import shutil
from datetime import datetime
from pathlib import Path

from bearblog.engines.replication import current, fetching, placing, source
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.fetching import Report

# What the box needs for itself while a past lies on its disk.
BYTES_LEFT_FREE = 500_000_000


def fetch_past(
    bucket: Bucket,
    file: Path,
    *,
    moment: datetime,
    now: datetime,
    expected: int,
    report: Report,
    seconds: float = 3600,
) -> str:
    """Writes the state of the moment into the file; returns the prefix that it came from.

    Raises ReplicationError in words: no bucket, a moment that nothing covers, no room for so many expected
    bytes. Nothing is left of the file then.
    """
    _check_room(file, expected)
    chosen = source.choose(bucket, current.read_claimed(bucket).history, moment, now)
    report(f"Fetching from {chosen.prefix}.")

    def report_with_room(line: str) -> None:
        _check_room(file, 0)
        report(line)

    try:
        fetching.fetch(bucket, chosen, file, report=report_with_room, seconds=seconds)
        file.chmod(0o600)
    except BaseException:
        placing.remove_fetched(file)
        raise
    return chosen.prefix


def fetch_media(bucket: Bucket, name: str, file: Path, *, seconds: float = 60) -> bool:
    """Whether the bucket gave the media file of this name. Raises ReplicationError, Unreachable."""
    return bucket.download(f"media/{name[:2]}/{name}", file, seconds=seconds)


def _check_room(file: Path, expected: int) -> None:
    free = shutil.disk_usage(file.parent).free
    if free < expected + BYTES_LEFT_FREE:
        needed = (expected + BYTES_LEFT_FREE) / 1e6
        raise ReplicationError(
            f"The disk has no room for the past: {free / 1e6:,.0f} MB are free, and {needed:,.0f} MB are "
            "needed. `bearblog pages clear` makes some."
        )

"""Writes what only a superseded replica has into a folder, for a person to bring over. Merges nothing."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from bearblog.domain.transfer import only_there, only_there_files, other_database
from bearblog.domain.transfer.only_there_files import Row
from bearblog.domain.transfer.records import MediaRecord
from bearblog.engines.replication import fetching, prefixes, waiting
from bearblog.engines.replication.current import Current
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.fetching import Report
from bearblog.engines.replication.prefixes import Prefix, Standing
from bearblog.engines.replication.source import Source
from bearblog.lib import file_lock
from bearblog.ops import box, replica_media, replicas

REPORT = "report.txt"
_SECONDS = 3600.0
_TELL_SECONDS = 2.0
_BYTES_LEFT_FREE = 200_000_000


@dataclass(frozen=True)
class Exported:
    """What an export came to: the lines of its report."""

    prefix: Prefix
    found: int
    lines: list[str]


def export(typed: str, folder: Path, *, since: datetime | None, report: Report) -> Exported:
    """Writes what the newest state of the replica has and this box lacks, and a report, into the folder.

    Raises ReplicationError or TransferError; the folder is empty then, as it was.
    """
    known = replicas.named(reason="Export there: its database is the one to compare with.")
    prefix = _find(typed, known, report)
    _make_ready(folder)
    with _scratch() as scratch:
        fetched, made = scratch / "there.sqlite3", scratch / "made"
        made.mkdir()
        _check_room(scratch)
        report(f"Fetching the newest state of {prefix.name}.")
        fetching.fetch(box.bucket(), Source(prefix.name, None), fetched, report=report, seconds=_SECONDS)
        told, media = _compare(fetched, prefix, made, since, report)
        room = _room(scratch) // 2
        missing = replica_media.bring(media, made, scratch, most_bytes=room, report=report)
        lines = [
            *_lines(prefix, since, told),
            *(f"Neither here nor in the bucket: {name}" for name in missing),
        ]
        (made / REPORT).write_text("\n".join([*lines, ""]), encoding="utf-8")
        for child in sorted(made.iterdir()):
            shutil.move(child, folder / child.name)
    return Exported(prefix, len(told), lines)


def _find(typed: str, known: Current, report: Report) -> Prefix:
    name = prefixes.find_name(box.bucket(), typed)
    [prefix] = waiting.all_of(
        [lambda: prefixes.look(box.bucket(), known, name)],
        lambda _, gone: report(f"{gone:.0f} s: looking at {name}."),
    )
    if prefix.standing is Standing.LIVING:
        raise ReplicationError(f"{name} is the living replica: what is in it is on this box already.")
    if prefix.span is None:
        raise ReplicationError(f"{name} holds nothing that can be restored.")
    return prefix


def _compare(
    fetched: Path, prefix: Prefix, made: Path, since: datetime | None, report: Report
) -> tuple[list[Row], dict[str, list[MediaRecord]]]:
    told: list[Row] = []
    media: dict[str, list[MediaRecord]] = {}
    last = time.monotonic()
    with (
        other_database.opened(fetched, f"The database of {prefix.name}", is_alone=True) as there,
        other_database.opened(box.database(), "The database of this box") as here,
    ):
        for count, found in enumerate(only_there.compare(there, here, since=since), start=1):
            if found:
                only_there_files.write(found, made)
                told += only_there_files.rows(found)
                media[found.blog.subdomain] = found.media
            if time.monotonic() - last > _TELL_SECONDS:
                last = time.monotonic()
                report(f"{count} blogs compared.")
    return told, media


def _lines(prefix: Prefix, since: datetime | None, told: list[Row]) -> list[str]:
    span = prefix.span
    head = f"{prefix.name}, as it was last: {span.newest:%Y-%m-%d %H:%M:%S} UTC." if span else prefix.name
    limit = f" Only what changed there since {since:%Y-%m-%d %H:%M:%S} UTC." if since else ""
    if not told:
        return [f"{head}{limit}", "Nothing is only there."]
    return [f"{head}{limit} Moments are UTC.", "", *only_there_files.table(told)]


def _make_ready(folder: Path) -> None:
    if not folder.is_absolute():
        raise ReplicationError(f"{folder} must be an absolute path, such as {settings.DATA_DIR}/only-there.")
    try:
        # Drafts are in it, which nobody but their authors has seen.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except OSError as error:
        raise ReplicationError(
            f"{folder} cannot be written ({error.strerror}). Name a folder below {settings.DATA_DIR}."
        ) from error
    if not is_empty:
        raise ReplicationError(f"{folder} is not empty. Name another folder.")


def _check_room(scratch: Path) -> None:
    needed = 2 * box.database().stat().st_size
    if _room(scratch) < needed:
        raise ReplicationError(
            f"The disk has room for {_room(scratch) / 1e6:,.0f} MB; to restore another database beside this "
            f"one takes {needed / 1e6:,.0f} MB."
        )


def _room(folder: Path) -> int:
    return max(0, shutil.disk_usage(folder).free - _BYTES_LEFT_FREE)


@contextmanager
def _scratch() -> Iterator[Path]:
    place = Path(settings.CACHE_DIR) / "replica-export"
    try:
        with file_lock.held(place.with_suffix(".lock")):
            # What an export that was killed left behind.
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(mode=0o700)
            try:
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)
    except file_lock.Busy as error:
        raise ReplicationError("Another export is under way. Wait until it has ended.") from error
    except OSError as error:
        raise ReplicationError(f"A file cannot be read or written: {error}.") from error

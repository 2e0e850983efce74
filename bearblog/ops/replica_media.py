"""Puts the media files that an export names beside its texts: from this disk, or from the bucket."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bearblog.domain.media import storage
from bearblog.domain.transfer.records import MediaRecord, StoredRecord
from bearblog.engines.replication import waiting
from bearblog.engines.replication.fetching import Report
from bearblog.ops import box

_SECONDS = 3600.0


def bring(
    named: Mapping[str, Sequence[MediaRecord]], made: Path, scratch: Path, *, most_bytes: int, report: Report
) -> list[str]:
    """The files by blog, into the media folder of each; returns those that could not be had.

    Raises ReplicationError when the bucket gives no answer, or would give more than so many bytes.
    """
    wanted = {stored for files in named.values() for stored in _all(files)}
    absent = [stored for stored in wanted if not _own(stored).exists()]
    fetched = scratch / "media"
    if absent:
        names = [_path(stored) for stored in absent]
        waiting.all_of(
            [
                lambda: box.bucket().download_named(
                    "media", names, fetched, most_bytes=most_bytes, seconds=_SECONDS
                )
            ],
            lambda _, gone: report(f"{gone:.0f} s: fetching {len(names):,} media files."),
        )
    # What the bucket gives is looked at: a file there may be cut short.
    had = {stored: _own(stored) for stored in wanted.difference(absent)}
    had |= {
        stored: fetched / _path(stored) for stored in absent if _is_sound(fetched / _path(stored), stored)
    }
    for blog, files in named.items():
        _place(blog, files, had, made)
    return sorted(_path(stored) for stored in wanted - had.keys())


def _place(blog: str, files: Iterable[MediaRecord], had: Mapping[StoredRecord, Path], made: Path) -> None:
    folder = made / blog / "media"
    for stored in _all(files):
        if stored in had:
            folder.mkdir(exist_ok=True)
            shutil.copyfile(had[stored], folder / f"{stored.sha256}.{stored.extension}")


def _all(files: Iterable[MediaRecord]) -> set[StoredRecord]:
    return {stored for file in files for stored in (file.stored, *file.variants)}


def _own(stored: StoredRecord) -> Path:
    return storage.path_of(stored.sha256, stored.extension)


def _path(stored: StoredRecord) -> str:
    return f"{stored.sha256[:2]}/{stored.sha256}.{stored.extension}"


def _is_sound(file: Path, stored: StoredRecord) -> bool:
    return file.is_file() and storage.hash_of(file) == stored.sha256

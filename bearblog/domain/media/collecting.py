"""Lets go of files that no row names: those of deleted blogs, and those of uploads that a crash cut off."""

import shutil
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.conf import settings

from bearblog.domain.media import storage
from bearblog.domain.media.releasing import StoredFile, release

SECONDS_OF_GRACE = 24 * 3600
_AT_ONCE = 500


def collect() -> int:
    """Removes from the disk what is older than a day and named by no row; returns how many files."""
    before = time.time() - SECONDS_OF_GRACE
    _clear_arriving(before)
    old = _older_than(before)
    count = 0
    while batch := list(islice(old, _AT_ONCE)):
        count += release(batch)
    return count


def _older_than(moment: float) -> Iterator[StoredFile]:
    root = Path(settings.MEDIA_ROOT)
    if not root.is_dir():
        return
    for file in sorted(root.glob("[0-9a-f][0-9a-f]/*")):
        if storage.is_name(file.name) and file.stat().st_mtime < moment:
            yield file.stem, file.suffix[1:]


def _clear_arriving(before: float) -> None:
    for left in storage.arriving_folder().iterdir():
        if left.is_dir() and left.stat().st_mtime < before:
            shutil.rmtree(left)

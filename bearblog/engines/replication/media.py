"""Mirrors media files to the bucket, once each: they are named by their content and never change."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from bearblog.engines.replication.bucket import Bucket

_SECONDS = 600.0
# From so many on, one look at the whole is quicker than one at each: after a start, all are unknown.
_MANY = 8


@dataclass
class MediaMirror:
    """Remembers when each folder of `media/` last changed, so that a quiet box asks the bucket nothing."""

    bucket: Bucket
    folder: Path
    _mirrored: dict[str, int] = field(default_factory=dict)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def mirror(self) -> int:
        """Copies what is new; returns how many folders had changed. Raises ReplicationError, Unreachable.

        Every file that lay here before the call is in the bucket when it returns.
        """
        with self._one_at_a_time:
            changed = {name: at for name, at in self._folders().items() if self._mirrored.get(name) != at}
            if len(changed) >= _MANY:
                self.bucket.upload_folder(self.folder, "media", seconds=_SECONDS)
                self._mirrored |= changed
                return len(changed)
            for name, at in sorted(changed.items()):
                self.bucket.upload_folder(self.folder / name, f"media/{name}", seconds=_SECONDS)
                self._mirrored[name] = at
            return len(changed)

    def _folders(self) -> dict[str, int]:
        if not self.folder.is_dir():
            return {}
        # A folder's time is read before its files are: what comes during the copy makes it newer again.
        return {entry.name: entry.stat().st_mtime_ns for entry in self.folder.iterdir() if entry.is_dir()}

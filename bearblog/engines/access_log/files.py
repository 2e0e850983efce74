"""The files of a log that is rotated by renaming: which they are, and what stands in them.

Caddy renames `access.log` to `access-<time>.log` and starts a new file.
"""

import hashlib
import itertools
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bearblog.engines.access_log.line import Line, parse

# A file's first bytes hold the time of its first line, to the fraction of a second.
_HEAD = 64
# Longer than any line of Caddy's, whose headers are limited.
_LONGEST = 1024 * 1024
# Whatever clients send, a batch fits into memory.
_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Identity:
    """What tells a file from all others: its inode, and, as inodes are used again, a hash of its head."""

    inode: int
    head: str


@dataclass(frozen=True)
class Batch:
    """Lines of a file, the offset behind them, and how many others could not be read."""

    lines: list[Line]
    end: int
    unreadable: int


class LogFile:
    """One of the log's files, open; a rotation that comes between changes nothing about it."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.identity = Identity(os.fstat(file.fileno()).st_ino, hashlib.sha256(file.read(_HEAD)).hexdigest())
        self._file = file

    @property
    def size(self) -> int:
        """How many bytes it holds now."""
        return os.fstat(self._file.fileno()).st_size

    def read(self, offset: int, most: int) -> Batch:
        """At most so many lines from the offset on. A last line whose end is not written yet is left."""
        lines: list[Line] = []
        unreadable = 0
        end = offset
        for line, end in itertools.islice(self._lines(offset), most):
            if line is None:
                unreadable += 1
            else:
                lines.append(line)
            if end - offset >= _MOST_BYTES:
                break
        return Batch(lines, end, unreadable)

    def last_lines(self, end: int, most_bytes: int) -> Iterator[Line]:
        """The lines before this offset, as far as they stand within so many bytes."""
        start = max(0, end - most_bytes)
        # The first may have lost its beginning, and is then one that cannot be read.
        for line, reached in self._lines(start):
            if reached > end:
                return
            if line is not None:
                yield line

    def _lines(self, offset: int) -> Iterator[tuple[Line | None, int]]:
        self._file.seek(offset)
        while True:
            raw = self._file.readline(_LONGEST)
            if not raw.endswith(b"\n") and len(raw) < _LONGEST:
                return
            offset += len(raw)
            try:
                yield parse(raw), offset
            except ValueError:
                yield None, offset


@contextmanager
def opened(log: Path) -> Iterator[list[LogFile]]:
    """The log's files, oldest first, without those that hold no line yet. Raises OSError."""
    with ExitStack() as stack:
        yield _open_all(log, stack)


def _open_all(log: Path, outer: ExitStack) -> list[LogFile]:
    # A file can be renamed while the folder is read, and be missed: so until nothing has changed.
    while True:
        paths = _paths(log)
        with ExitStack() as stack:
            try:
                files = [stack.enter_context(path.open("rb")) for path in paths]
                inodes = [path.stat().st_ino for path in _paths(log)]
            except FileNotFoundError:
                continue
            if inodes == [os.fstat(file.fileno()).st_ino for file in files]:
                outer.push(stack.pop_all())
                pairs = zip(paths, files, strict=True)
                return [LogFile(path, file) for path, file in pairs if _has_head(file)]


def _paths(log: Path) -> list[Path]:
    # The times in the names are written so that their order is the files'.
    rotated = sorted(path for path in log.parent.iterdir() if _is_rotated(log, path.name))
    return [*rotated, log] if log.exists() else rotated


def _is_rotated(log: Path, name: str) -> bool:
    return name.startswith(f"{log.stem}-") and name.endswith(log.suffix)


def _has_head(file: BinaryIO) -> bool:
    return os.fstat(file.fileno()).st_size >= _HEAD

"""What the cache did since its folder was made: each process adds up in a file of its own."""

import contextlib
import os
import struct
import threading
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from bearblog.engines.pagecache import files
from bearblog.engines.pagecache.layout import Pages


@dataclass(frozen=True)
class Totals:
    """Pages made, found made already, and written; and the bytes that were written."""

    renders: int = 0
    found: int = 0
    stored: int = 0
    written: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


_RECORD = struct.Struct(f"<{len(fields(Totals))}Q")
_FILE_MODE = 0o644


class _Own:
    """The file of this process, kept open: it is written at each page."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._totals = _unpack(os.pread(descriptor, _RECORD.size, 0))

    def __del__(self) -> None:
        os.close(self._descriptor)

    def is_at(self, file: Path) -> bool:
        """Whether the file lies there still; the folder may be deleted at any moment."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), file.stat())
        except FileNotFoundError:
            return False

    def add(self, more: Totals) -> None:
        """Adds to what the file says. Raises OSError."""
        self._totals += more
        os.pwrite(self._descriptor, _RECORD.pack(*astuple(self._totals)), 0)


_own: _Own | None = None
_lock = threading.Lock()


def count(pages: Pages, *, renders: int = 0, found: int = 0, stored: int = 0, written: int = 0) -> None:
    """Adds to the totals of this process. A number that is lost is not worth a page."""
    global _own
    file = pages.counts / str(os.getpid())
    with _lock, contextlib.suppress(OSError):
        if _own is None or not _own.is_at(file):
            files.make_folder(file.parent)
            _own = _Own(os.open(file, os.O_RDWR | os.O_CREAT, _FILE_MODE))
        _own.add(Totals(renders, found, stored, written))


def totals(pages: Pages) -> Totals:
    """The totals of all processes, also of those that have ended."""
    found = pages.counts.glob("[0-9]*") if pages.counts.is_dir() else ()
    return sum((_read(file) for file in found), Totals())


def _read(file: Path) -> Totals:
    try:
        return _unpack(file.read_bytes())
    except FileNotFoundError:
        return Totals()


def _unpack(record: bytes) -> Totals:
    try:
        return Totals(*_RECORD.unpack(record))
    except struct.error:
        return Totals()

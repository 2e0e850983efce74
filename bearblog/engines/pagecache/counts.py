"""What the cache did since its folder was made: each process adds up in a file of its own."""

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
_lock = threading.Lock()


def count(pages: Pages, *, renders: int = 0, found: int = 0, stored: int = 0, written: int = 0) -> None:
    """Adds to the totals of this process. A number that is lost is not worth a page."""
    file = pages.counts / str(os.getpid())
    with _lock:
        try:
            files.make_folder(pages.counts)
            total = _read(file) + Totals(renders, found, stored, written)
            with file.open("r+b" if file.exists() else "w+b") as opened:
                opened.write(_RECORD.pack(*astuple(total)))
        except OSError:
            return


def totals(pages: Pages) -> Totals:
    """The totals of all processes, also of those that have ended."""
    found = pages.counts.glob("[0-9]*") if pages.counts.is_dir() else ()
    return sum((_read(file) for file in found), Totals())


def _read(file: Path) -> Totals:
    try:
        return Totals(*_RECORD.unpack(file.read_bytes()))
    except (FileNotFoundError, struct.error):
        return Totals()

"""SQLite databases as the application opens them, and as a kill leaves them."""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

# SQLite writes into the index last of all: two copies of its head, each with a sum at its end
# (sqlite.org/walformat.html).
_HEADS, _SUMMED = 96, 40
_LAST_FRAME, _SALTS = slice(16, 20), slice(32, 40)


def connect(file: Path) -> sqlite3.Connection:
    """A connection as the application has it."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=5)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    return connection


@contextmanager
def killed_while_flushing(database: Path) -> Iterator[None]:
    """Leaves what is committed meanwhile in the log alone, as if its writer had been killed as it flushed it.

    Another connection must be open, and none at work.
    """
    # Never closed: that would drop the locks of this process on it.
    index = os.open(database.with_name(f"{database.name}-shm"), os.O_RDWR)
    before = os.pread(index, _HEADS, 0)
    yield
    os.pwrite(index, before, 0)


def begin_log_anew(database: Path) -> None:
    """Leaves the index as a writer that was killed before it wrote into the log that it begins anew."""
    index = os.open(database.with_name(f"{database.name}-shm"), os.O_RDWR)
    head = bytearray(os.pread(index, _SUMMED, 0))
    head[_LAST_FRAME] = bytes(4)
    head[_SALTS] = (int.from_bytes(head[_SALTS][:4]) + 1).to_bytes(4) + os.urandom(4)
    first = second = 0
    for one, other in struct.iter_unpack("=II", head):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    # After the two heads: how many frames are in the database, and up to where each reader reads.
    counts = struct.pack("=6I", 0, 0, 0, *[0xFFFFFFFF] * 3)
    os.pwrite(index, (bytes(head) + struct.pack("=II", first, second)) * 2 + counts, 0)

"""SQLite's write-ahead log as a file: is there a commit in it of which its index does not know?

A process that is killed while it flushes the log leaves such a commit. SQLite lets the next writer write
over it, as long as another process keeps the index alive. Litestream reads the log and no index: it has
shipped that commit, and goes on behind it with a replica that is no state of the database. Taken into the
index, it counts, as it would after a power cut. Formats: sqlite.org/walformat.html.
"""

from bearblog.lib import sqlite  # noqa: F401 - puts the safe SQLite in its place

# isort: split
import os
import sqlite3
import struct
import sys
from contextlib import closing
from pathlib import Path

from bearblog.engines.replication.errors import ReplicationError

_HEAD = struct.Struct(">I12x8sII")
_FRAME = struct.Struct(">4xI8sII")
_SUMMED_OF_FRAME = 8
_BIG_ENDIAN_SUMS = 0x377F0683
# Of the index: whether it is filled, the page size (1 stands for 65,536), the last frame, the salts.
_INDEX = struct.Struct("=12xBxHI12x8s8x")
_COPIES_OF_INDEX = 2
_LOCK_SECONDS = 5.0
# By device and inode. Never closed: to close any descriptor of a file drops its process's locks (fcntl(2)).
_INDEXES: dict[tuple[int, int], int] = {}


class WriteAheadLog:
    """The log beside one database file. Its methods are for whoever holds the write lock."""

    def __init__(self, database: Path) -> None:
        self._log = database.with_name(f"{database.name}-wal")
        self._index = database.with_name(f"{database.name}-shm")

    def has_unknown_commit(self) -> bool:
        """Whether a whole commit follows the last one that the index knows. Raises OSError."""
        index = self._open_index()
        if index is None:
            return False
        is_filled, size, last, salts = _INDEX.unpack(os.pread(index, _INDEX.size, 0))
        return bool(is_filled) and _has_commit_after(self._log, last, 65_536 if size == 1 else size, salts)

    def forget_index(self) -> None:
        """Has SQLite make the index anew from the log, before anybody reads or writes. Raises OSError."""
        index = self._open_index()
        if index is not None:
            os.pwrite(index, bytes(_INDEX.size * _COPIES_OF_INDEX), 0)

    def _open_index(self) -> int | None:
        try:
            found = self._index.stat()
        except FileNotFoundError:
            return None
        identity = found.st_dev, found.st_ino
        if identity not in _INDEXES:
            _INDEXES[identity] = os.open(self._index, os.O_RDWR | os.O_CLOEXEC)
        return _INDEXES[identity]


def settle(database: Path) -> bool:
    """Takes in the commit that a killed process has left, and says whether there was one.

    Raises ReplicationError.
    """
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(database, timeout=_LOCK_SECONDS, isolation_level=None)) as connection:
            return _settle(connection, WriteAheadLog(database))
    except (OSError, sqlite3.Error) as error:
        raise ReplicationError(f"The log of {database} cannot be looked at ({error}).") from error


def _settle(connection: sqlite3.Connection, log: WriteAheadLog) -> bool:
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("BEGIN IMMEDIATE")
    is_found = log.has_unknown_commit()
    if is_found:
        log.forget_index()
    connection.execute("ROLLBACK")
    # Makes the index anew where it was forgotten.
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return is_found


def _has_commit_after(file: Path, last: int, page_bytes: int, salts: bytes) -> bool:
    try:
        log = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return _Frames(log, page_bytes, salts).has_commit_after(last)
    finally:
        os.close(log)


class _Frames:
    def __init__(self, log: int, page_bytes: int, salts: bytes) -> None:
        self._log = log
        self._salts = salts
        self._frame_bytes = _FRAME.size + page_bytes

    def has_commit_after(self, last: int) -> bool:
        head = os.pread(self._log, _HEAD.size, 0)
        if len(head) < _HEAD.size:
            return False
        magic, salts, *sums = _HEAD.unpack(head)
        if salts != self._salts:
            if last or _next(salts) == self._salts[:4]:
                # The index speaks of a log that is yet to be begun, in the place of this one.
                return False
            # Begun by who commits: a process that has seen no checkpoint gives a log salts of its own.
            self._salts = salts
        if not self._is_of_this_log(last):
            return False
        if last:
            _, _, *sums = _FRAME.unpack(self._read(last - 1)[: _FRAME.size])
        words = struct.Struct(">II" if magic == _BIG_ENDIAN_SUMS else "<II")
        return self._is_commit(last, (sums[0], sums[1]), words)

    def _is_commit(self, number: int, sums: tuple[int, int], words: struct.Struct) -> bool:
        """Whether whole frames from this number on lead to one that commits."""
        while len(frame := self._read(number)) == self._frame_bytes:
            commit, salts, *stated = _FRAME.unpack(frame[: _FRAME.size])
            sums = _added(sums, frame[:_SUMMED_OF_FRAME] + frame[_FRAME.size :], words)
            if salts != self._salts or list(sums) != stated:
                return False
            if commit:
                return True
            number += 1
        return False

    def _is_of_this_log(self, number: int) -> bool:
        head = os.pread(self._log, _FRAME.size, self._offset(number))
        return len(head) == _FRAME.size and _FRAME.unpack(head)[1] == self._salts

    def _read(self, number: int) -> bytes:
        return os.pread(self._log, self._frame_bytes, self._offset(number))

    def _offset(self, number: int) -> int:
        return _HEAD.size + number * self._frame_bytes


def _next(salts: bytes) -> bytes:
    """The first salt of the log that follows a log with these."""
    return ((int.from_bytes(salts[:4]) + 1) & 0xFFFFFFFF).to_bytes(4)


def _added(sums: tuple[int, int], content: bytes, words: struct.Struct) -> tuple[int, int]:
    first, second = sums
    for one, other in words.iter_unpack(content):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


if __name__ == "__main__":
    try:
        if settle(Path(sys.argv[1])):
            sys.stderr.write("A commit that a killed process had left in the log was taken in.\n")
    except ReplicationError as failure:
        sys.exit(str(failure))

"""Sees, without asking Litestream to hurry, when a commit has come into the bucket.

Each of Litestream's files says in its head up to which byte of the WAL it reaches (the LTX format).
"""

from bearblog.lib import sqlite  # noqa: F401 - puts the safe SQLite in its place

# isort: split
import sqlite3
import struct
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError

_WAL_HEAD = struct.Struct(">8xI4x8s8x")
_FRAME_HEAD_BYTES = 24
_LTX_HEAD = struct.Struct(">4s28xq8xqq8s")
_LTX_MAGIC = b"LTX1"


@dataclass(frozen=True)
class Position:
    """A place in the WAL: which WAL, its byte, and the moment in milliseconds since 1970."""

    salts: bytes
    end: int
    moment: int


@dataclass(frozen=True)
class LtxHead:
    """Up to where one of Litestream's files reaches, and when it was made."""

    salts: bytes
    end: int
    moment: int

    @classmethod
    def parse(cls, head: bytes) -> "LtxHead":
        """Raises ReplicationError for anything else."""
        if len(head) < _LTX_HEAD.size or not head.startswith(_LTX_MAGIC):
            raise ReplicationError("A file of the replica does not begin as Litestream's files do.")
        _, moment, start, size, salts = _LTX_HEAD.unpack_from(head)
        return cls(salts, start + size, moment)

    def covers(self, position: Position) -> bool:
        """Whether everything up to the position is in this file or an earlier one."""
        if self.salts == position.salts:
            return self.end >= position.end
        # A WAL is begun anew when all of it has been read, or else Litestream reads the whole database.
        return self.moment > position.moment


def position(database: Path) -> Position:
    """Where the WAL ends now, past everything committed. Raises ReplicationError when it cannot be read."""
    wal = database.with_name(f"{database.name}-wal")
    try:
        with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as connection:
            return _position(connection, wal)
    except (OSError, sqlite3.Error) as error:
        raise ReplicationError(f"The WAL of {database} cannot be read ({error}).") from error


class Shipment:
    """One commit on its way. Each look costs a listing, and the head of the newest file where it is new."""

    def __init__(self, bucket: Bucket, prefix: str, place: Position) -> None:
        self._bucket = bucket
        self._folder = bucket.newest_level(prefix)
        self._place = place
        self._seen = ""
        self._since = time.monotonic()

    @property
    def seconds(self) -> float:
        """For how long it has been on its way."""
        return time.monotonic() - self._since

    def look(self) -> float | None:
        """Seconds until the end of the listing that showed it, or None. Raises ReplicationError."""
        entries = self._bucket.entries(self._folder)
        seconds = self.seconds
        if not entries or entries[-1].name == self._seen:
            return None
        newest = entries[-1].name
        head = LtxHead.parse(self._bucket.read_head(f"{self._folder}/{newest}", _LTX_HEAD.size))
        self._seen = newest
        return seconds if head.covers(self._place) else None


def _position(connection: sqlite3.Connection, wal: Path) -> Position:
    while True:
        _, before = _read_head(wal)
        # NOOP: tells how many frames the WAL has, and moves none.
        _, frames, _ = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
        page_bytes, salts = _read_head(wal)
        if salts == before:
            end = _WAL_HEAD.size + frames * (_FRAME_HEAD_BYTES + page_bytes)
            return Position(salts, end, time.time_ns() // 1_000_000)


def _read_head(wal: Path) -> tuple[int, bytes]:
    with wal.open("rb") as stream:
        head = stream.read(_WAL_HEAD.size)
    if len(head) < _WAL_HEAD.size:
        raise OSError(f"{wal} is empty")
    page_bytes, salts = _WAL_HEAD.unpack(head)
    return page_bytes, salts

"""Asks the forwarder whether what is committed has reached the bucket. Bounded, and never a false yes."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from bearblog.engines.replication import question
from bearblog.engines.replication.errors import ReplicationError, TimedOut, Unreachable

_PAUSE = 0.5


@dataclass(frozen=True)
class SyncResult:
    """How far the database has come, and how far its replica."""

    txid: int
    replicated_txid: int

    @property
    def is_replicated(self) -> bool:
        return self.replicated_txid >= self.txid


def sync(socket_path: str | Path, *, timeout: float) -> SyncResult:
    """Has everything committed before this call shipped. Raises TimedOut, Unreachable, ReplicationError.

    Only a result that is_replicated means that the bucket has it.
    """
    status, content = question.ask(
        socket_path, "/sync", timeout=timeout, whom="Litestream", unit="bearblog-sync.socket"
    )
    return _result(status, content)


def wait_until_replicated(socket_path: str | Path, *, timeout: float) -> SyncResult:
    """Waits until the bucket has everything committed before this call, trying again until the time is over.

    Raises TimedOut with the last reason; returns only a result that is_replicated.
    """
    end = time.monotonic() + timeout
    reason = "it lags behind the database"
    while (left := end - time.monotonic()) > 0:
        try:
            result = sync(socket_path, timeout=min(left, 10.0))
        except ReplicationError as error:
            reason = str(error)
        else:
            if result.is_replicated:
                return result
        time.sleep(min(_PAUSE, max(0.0, end - time.monotonic())))
    raise TimedOut(f"The replica was not complete after {timeout:.0f} seconds: {reason}")


def _result(status: int, content: bytes) -> SyncResult:
    try:
        data = json.loads(content)
        if status == 200:
            return SyncResult(int(data["txid"]), int(data["replicated_txid"]))
        sentence = str(data["error"])
    except (ValueError, KeyError, TypeError) as error:
        raise ReplicationError(f"Litestream's answer ({status}) cannot be read.") from error
    if status == 504:
        raise TimedOut(sentence)
    raise Unreachable(sentence)

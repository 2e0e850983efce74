"""How the replica of this box is doing, gathered from the bucket, the forwarder and the files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings

from bearblog.engines.replication import claiming, control, installation, status
from bearblog.engines.replication.errors import ReplicationError
from bearblog.ops import box

_SYNC_SECONDS = 10.0

T = TypeVar("T")


@dataclass(frozen=True)
class Status:
    """The state of the replica, a text or a number each; what could not be had says why."""

    prefix: str
    standing: str
    off_site: bool
    litestream: str
    transaction: str
    replicated: str
    wal_bytes: int


def gather() -> Status:
    """The status of this box's replica. Never raises: a part that fails tells its error."""
    result = _attempt(lambda: control.sync(settings.SYNC_SOCKET, timeout=_SYNC_SECONDS))
    came, shipped = _progress(result)
    return Status(
        prefix=str(_attempt(_prefix)),
        standing=str(_attempt(_standing)),
        off_site=settings.OFF_SITE,
        litestream=str(_attempt(_version)),
        transaction=came,
        replicated=shipped,
        wal_bytes=status.wal_bytes(box.database()),
    )


def _progress(result: control.SyncResult | ReplicationError) -> tuple[str, str]:
    if isinstance(result, ReplicationError):
        return "unknown", str(result)
    return str(result.txid), str(result.replicated_txid)


def _prefix() -> str:
    own = installation.read(box.installation_file())
    return own.prefix if own else "none: claim_replica has not run"


def _standing() -> str:
    own = installation.read(box.installation_file())
    if own is None:
        return "unknown"
    seen = claiming.check(box.bucket(), own)
    return f"{seen.standing.value} {seen.reason}".strip()


def _version() -> str:
    return ".".join(str(part) for part in status.litestream_version(box.bucket()))


def _attempt(ask: Callable[[], T]) -> T | ReplicationError:
    try:
        return ask()
    except ReplicationError as error:
        return error

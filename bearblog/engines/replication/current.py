"""The object `current` in the bucket: which prefix is the blog's living replica, and which came before."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import Damaged, ReplicationError

OBJECT = "current"
_KEPT_OBJECT = "current.damaged"
FOLDER = "replica"
# Claims, and the names of prefixes, tell their moment to the second.
_TOLD_TO = timedelta(seconds=1)
_PREFIX = re.compile(rf"{FOLDER}/\d{{8}}T\d{{6}}Z-[0-9a-f]{{8}}")


@dataclass(frozen=True)
class Claim:
    """One prefix, and the moment from which it was the living one."""

    prefix: str
    since: datetime


@dataclass(frozen=True)
class Current:
    """What `current` says. The history runs from the oldest claim to the living one."""

    site: str
    history: tuple[Claim, ...]

    @property
    def living(self) -> Claim:
        return self.history[-1]

    def not_before(self, now: datetime) -> datetime:
        """When the next claim is made: now, or past the living one's moment where a clock was wrong."""
        return max(now, self.living.since + _TOLD_TO)

    def followed_by(self, claim: Claim, *, site: str) -> "Current":
        """What `current` says once the claim is made."""
        return Current(site=site, history=(*self.history, claim))


def read(bucket: Bucket) -> Current | None:
    """What the bucket's `current` says, or None where there is none. Raises Damaged, Unreachable."""
    content = bucket.read(OBJECT)
    return None if content is None else parse(content)


def read_claimed(bucket: Bucket) -> Current:
    """What the bucket's `current` says. Raises ReplicationError, also where there is none; Unreachable."""
    found = read(bucket)
    if found is None:
        raise ReplicationError("The bucket has no object `current`, so no box ever claimed it.")
    return found


def write(bucket: Bucket, current: Current) -> None:
    """Writes `current` and reads it back. Raises ReplicationError when another box wrote in between."""
    bucket.write(OBJECT, serialize(current))
    if read(bucket) != current:
        raise ReplicationError(
            "Another box claimed the bucket at the same moment. Look which one serves, then run the "
            "playbook again."
        )


def rebuild(bucket: Bucket) -> Current | None:
    """What a damaged `current` said, as far as the names of the replicas tell; None where there is none.

    The damaged one is kept in the bucket as `current.damaged`.
    """
    bucket.write(_KEPT_OBJECT, bucket.read(OBJECT) or b"")
    names = [f"{FOLDER}/{entry.name}" for entry in bucket.entries(FOLDER)]
    history = tuple(Claim(name, _moment_of(name)) for name in names if _PREFIX.fullmatch(name))
    return Current(site="", history=history) if history else None


def certificates_of(prefix: str) -> str:
    """Where the certificates lie that the box of this prefix sent (backup/certificates.sh)."""
    return f"certificates/{prefix.rpartition('/')[2]}.tar.zst.age"


def parse(content: bytes) -> Current:
    """Reads the JSON of `current`. Raises Damaged for anything that is not one."""
    try:
        data = json.loads(content)
        history = tuple(_claim(item) for item in data["history"])
        site, living = str(data["site"]), _claim(data)
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(f"{type(error).__name__}: {error}") from error
    if not history or history[-1] != living:
        raise _damaged("its history does not end with the prefix it names")
    return Current(site=site, history=history)


def serialize(current: Current) -> bytes:
    """The JSON of `current`."""
    data = {
        **_plain(current.living),
        "site": current.site,
        "history": [_plain(claim) for claim in current.history],
    }
    return json.dumps(data, indent=1).encode() + b"\n"


def parse_prefix(value: Any) -> str:
    """The value as a prefix. Raises ValueError when it is none."""
    if not isinstance(value, str) or not _PREFIX.fullmatch(value):
        raise ValueError(f"{value!r} is no prefix")
    return value


def parse_moment(value: Any) -> datetime:
    """An RFC 3339 text as a moment in UTC. Raises ValueError when it is none, or names no time zone."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no moment")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"{value!r} names no time zone")
    return moment.astimezone(UTC)


def _claim(data: Any) -> Claim:
    return Claim(prefix=parse_prefix(data["prefix"]), since=parse_moment(data["since"]))


def _plain(claim: Claim) -> dict[str, str]:
    return {"prefix": claim.prefix, "since": claim.since.isoformat()}


def _moment_of(prefix: str) -> datetime:
    stamp = prefix.rpartition("/")[2].partition("-")[0]
    return datetime.strptime(f"{stamp}+0000", "%Y%m%dT%H%M%SZ%z").astimezone(UTC)


def _damaged(reason: str) -> Damaged:
    return Damaged(
        f"The object `current` in the bucket is damaged ({reason}). Repair it by hand; it names the prefix "
        "under replica/ that the living box writes."
    )

"""The prefixes under replica/ in the bucket: whose each is, what can be restored from it, what it takes."""

import functools
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bearblog.engines.replication import current, source, waiting
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.current import FOLDER, Claim, Current
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.fetching import Report
from bearblog.engines.replication.source import Span

_LISTING_SECONDS = 120.0
# A claim tells its moment to the second, rounded down.
_CLAIMED_TO = timedelta(seconds=1)


class Standing(StrEnum):
    """What `current` says of a prefix."""

    LIVING = "living"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Prefix:
    """One prefix; the successor is the claim by which it was superseded."""

    name: str
    standing: Standing
    successor: Claim | None = None
    span: Span | None = None
    objects: int = 0
    size: int = 0
    last_written: datetime | None = None

    @property
    def went_on(self) -> bool:
        """Whether its box wrote on after it was superseded, as far as can be seen from outside."""
        if self.successor is None or self.span is None:
            return False
        return self.span.newest > self.successor.since + _CLAIMED_TO

    @property
    def box_id(self) -> str:
        """What tells this box from every other."""
        return self.name.rpartition("-")[2]


def survey(bucket: Bucket, found: Current | None, *, report: Report) -> list[Prefix]:
    """The living prefix, then each other that holds anything, newest first. Raises ReplicationError."""
    names = {f"{FOLDER}/{entry.name}" for entry in bucket.entries(FOLDER) if entry.is_folder}
    living = [found.living.prefix] if found else []
    ordered = [*living, *sorted(names.difference(living), reverse=True)]
    looked = waiting.all_of(
        [functools.partial(look, bucket, found, name) for name in ordered],
        lambda done, gone: report(f"{gone:.0f} s: {done} of {len(ordered)} prefixes looked at."),
    )
    return [prefix for prefix in looked if prefix.objects or prefix.standing is Standing.LIVING]


def look(bucket: Bucket, found: Current | None, name: str) -> Prefix:
    """This prefix as the bucket has it. Raises ReplicationError, Unreachable."""
    standing, successor = _standing(found, name)
    objects = bucket.objects(name, seconds=_LISTING_SECONDS)
    return Prefix(
        name=name,
        standing=standing,
        successor=successor,
        span=source.find_span(bucket, name) if objects and is_name(name) else None,
        objects=len(objects),
        size=sum(one.size for one in objects),
        last_written=max((one.written for one in objects), default=None),
    )


def find_name(bucket: Bucket, typed: str) -> str:
    """The prefix that is meant by its name or by its box id alone. Raises ReplicationError when none is."""
    names = [f"{FOLDER}/{entry.name}" for entry in bucket.entries(FOLDER) if entry.is_folder]
    whole = f"{FOLDER}/{typed.strip('/').removeprefix(f'{FOLDER}/')}"
    meant = [name for name in names if name == whole or name.endswith(f"-{typed}")]
    if len(meant) == 1 and is_name(meant[0]):
        return meant[0]
    raise ReplicationError(
        f"The bucket holds no replica {typed!r}. Name one that `bearblog replicas` shows, or its last eight "
        "characters."
    )


def is_name(name: str) -> bool:
    """Whether a box could have made this name."""
    try:
        current.parse_prefix(name)
    except ValueError:
        return False
    return True


def _standing(found: Current | None, name: str) -> tuple[Standing, Claim | None]:
    history = found.history if found else ()
    if history and history[-1].prefix == name:
        return Standing.LIVING, None
    for claim, successor in zip(history[-2::-1], history[:0:-1], strict=True):
        if claim.prefix == name:
            return Standing.SUPERSEDED, successor
    return Standing.UNKNOWN, None

"""Chooses what to restore from: the newest replica that holds data, or the one that covers a moment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bearblog.engines.replication import current, programs
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.current import Claim, parse_moment
from bearblog.engines.replication.errors import Damaged, ReplicationError

_LISTING_SECONDS = 60.0
# Listings of S3 tell times to the second, rounded down.
_LISTED_TO = timedelta(seconds=1)


@dataclass(frozen=True)
class Span:
    """What one prefix holds: from the oldest state that can be had to the newest."""

    prefix: str
    oldest: datetime
    newest: datetime

    def describe(self) -> str:
        """The span in words."""
        return f"{self.prefix} holds {_words(self.oldest)} to {_words(self.newest)}"


@dataclass(frozen=True)
class _File:
    """One of Litestream's files: the first and the last transaction in it, and when it was written."""

    first: int
    last: int
    moment: datetime

    @classmethod
    def parse(cls, item: Any) -> "_File":
        return cls(int(item["min_txid"], 16), int(item["max_txid"], 16), parse_moment(item["timestamp"]))


@dataclass(frozen=True)
class Source:
    """The prefix to read, and the moment to stop at; None for its newest state."""

    prefix: str
    moment: datetime | None
    # Whether the replica ends at that moment, as far as the clock of its listing can tell.
    is_newest: bool = True
    # The newest state of all replicas that were looked at, where any was.
    newest: datetime | None = None


def choose(bucket: Bucket, history: Sequence[Claim], moment: datetime | None, now: datetime) -> Source:
    """The source to restore from. Raises ReplicationError, saying what was found, when there is none.

    Raises Damaged where a replica that is needed has lost what its box wrote: an older one is not the blog.
    """
    if moment is not None and moment > now:
        raise ReplicationError(f"{_words(moment)} lies in the future; it is {_words(now)}.")
    spans: list[Span] = []
    for claim in reversed(history):
        span = find_span(bucket, claim.prefix)
        if span is None:
            if moment is None or claim.since <= moment:
                _refuse_loss(bucket, claim.prefix)
            continue
        spans.append(span)
        newest = max(one.newest for one in spans)
        if moment is None:
            return Source(claim.prefix, None, newest=newest)
        if span.oldest <= moment:
            # A quiet replica ends with its last change; until the next claim its newest state was the blog.
            stop = moment if moment < span.newest + _LISTED_TO else None
            return Source(claim.prefix, stop, is_newest=moment >= span.newest, newest=newest)
        if claim.since <= moment:
            break
    raise ReplicationError(_nothing(history, spans, moment))


def find_span(bucket: Bucket, prefix: str) -> Span | None:
    """What the prefix holds, or None where it holds nothing. Raises ReplicationError, Unreachable."""
    command = [bucket.litestream_binary, "ltx", "-level", "all", "-json", bucket.replica(prefix)]
    done = programs.run(command, seconds=_LISTING_SECONDS)
    if done.code != 0:
        raise programs.bucket_error(done.errors)
    try:
        files = [_File.parse(item) for item in json.loads(done.output)]
    except (ValueError, KeyError, TypeError) as error:
        raise ReplicationError(
            f"Litestream listed {prefix} in a way that cannot be read ({error})."
        ) from error
    complete = [file.moment for file in files if file.first == 1]
    if not complete:
        return None
    last = max(file.last for file in files)
    # Compaction writes old changes anew: the first file that reaches the last change tells when it came.
    return Span(prefix, min(complete), min(file.moment for file in files if file.last == last))


def _refuse_loss(bucket: Bucket, prefix: str) -> None:
    if bucket.objects(prefix, seconds=_LISTING_SECONDS):
        raise Damaged(f"The replica {prefix} is damaged: its beginning is gone.")
    if bucket.entries(current.certificates_of(prefix)):
        raise Damaged(
            f"The replica {prefix} is gone from the bucket, where its box's certificates still are."
        )


def _nothing(history: Sequence[Claim], spans: list[Span], moment: datetime | None) -> str:
    if not spans:
        tried = ", ".join(claim.prefix for claim in reversed(history))
        return f"The bucket holds no data to restore: nothing under {tried}."
    found = "; ".join(span.describe() for span in reversed(spans))
    return f"No replica reaches back to {_words(moment)}: {found}." if moment else found


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"

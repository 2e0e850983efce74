"""The replicas in the bucket as lines for a person, and as values for a program."""

from collections.abc import Sequence
from datetime import datetime

from bearblog.engines.replication.prefixes import Prefix, Standing
from bearblog.lib import columns

_TITLES = ("prefix", "standing", "oldest state", "newest state", "objects", "size")


def lines(found: Sequence[Prefix]) -> list[str]:
    """A line for each prefix, below one of titles."""
    rows = [_TITLES, *(_row(prefix) for prefix in found)]
    return columns.aligned(rows, to_the_right=2)


def advice(found: Sequence[Prefix]) -> list[str]:
    """A sentence for each prefix whose box wrote on after it was superseded."""
    return [
        f"{prefix.name} seems to have been written on after it was superseded. What only it has: "
        f"bearblog replicas export {prefix.box_id} --to FOLDER"
        for prefix in found
        if prefix.went_on
    ]


def values(prefix: Prefix) -> dict[str, object]:
    """What is known of a prefix, moments in RFC 3339."""
    return {
        "prefix": prefix.name,
        "standing": prefix.standing.value,
        "superseded_by": prefix.successor.prefix if prefix.successor else None,
        "superseded_at": _plain(prefix.successor.since if prefix.successor else None),
        "oldest": _plain(prefix.span.oldest if prefix.span else None),
        "newest": _plain(prefix.span.newest if prefix.span else None),
        "objects": prefix.objects,
        "bytes": prefix.size,
        "went_on": prefix.went_on,
        "last_written": _plain(prefix.last_written),
    }


def size_of(prefix: Prefix) -> str:
    """What the prefix takes, in words."""
    return f"{prefix.size / 1e6:,.1f} MB"


def _row(prefix: Prefix) -> tuple[str, ...]:
    oldest, newest = (prefix.span.oldest, prefix.span.newest) if prefix.span else (None, None)
    spans = ("nothing to restore", "-") if prefix.span is None else (_words(oldest), _words(newest))
    return (prefix.name, _standing(prefix), *spans, f"{prefix.objects:,}", size_of(prefix))


def _standing(prefix: Prefix) -> str:
    if prefix.successor is not None:
        by = prefix.successor.prefix.rpartition("-")[2]
        return f"superseded by {by}, {_words(prefix.successor.since)}"
    return "unknown to `current`" if prefix.standing is Standing.UNKNOWN else prefix.standing.value


def _words(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""


def _plain(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

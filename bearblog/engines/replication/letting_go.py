"""Which superseded prefixes may be deleted, and their deletion. What somebody may still need is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bearblog.engines.replication import current, prefixes, waiting
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.current import Current
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.fetching import Report
from bearblog.engines.replication.prefixes import Prefix, Standing

DAYS_KEPT = 30
_SECONDS = 3600.0


def why_not(prefix: Prefix, now: datetime, *, unknown_too: bool = False) -> str:
    """Why the prefix may not be deleted now, as a sentence; empty when it may."""
    if not prefixes.is_name(prefix.name):
        return f"{prefix.name} is not named as a replica of a box is; nothing here deletes it."
    if prefix.standing is Standing.LIVING:
        return f"{prefix.name} is the living replica."
    if prefix.standing is Standing.UNKNOWN and not unknown_too:
        return (
            f"`current` does not know {prefix.name}. Look what is in it (bearblog replicas export); "
            f"--unknown-too deletes it once nothing was written into it for {DAYS_KEPT} days."
        )
    reasons = []
    if prefix.successor is not None:
        reasons.append((prefix.successor.since, f"was superseded on {_words(prefix.successor.since)}"))
    if prefix.last_written is not None:
        # A box that was replaced may still run, and nobody has brought over yet what only it has.
        reasons.append((prefix.last_written, f"was last written on {_words(prefix.last_written)}"))
    if not reasons:
        return f"{prefix.name} holds nothing."
    latest, reason = max(reasons)
    until = latest + timedelta(days=DAYS_KEPT)
    return f"{prefix.name} {reason}, and is kept until {_words(until)}." if now < until else ""


def check_living(found: Sequence[Prefix]) -> None:
    """Raises ReplicationError unless the living replica holds data: without it no other can be spared."""
    if not any(prefix.standing is Standing.LIVING and prefix.span for prefix in found):
        raise ReplicationError(
            "The living replica holds nothing that can be restored, so no other one is deleted. "
            "See: bearblog doctor."
        )


def delete(bucket: Bucket, prefix: Prefix, known: Current, *, report: Report) -> None:
    """Deletes the prefix and the certificates of its box; media and backup sets stay.

    Raises ReplicationError, and deletes nothing, when `current` is not as it was known any more.
    """
    if current.read(bucket) != known:
        raise ReplicationError("`current` has changed meanwhile, so nothing was deleted. Look again.")

    def clear() -> None:
        bucket.delete_folder(prefix.name, seconds=_SECONDS)
        bucket.delete(current.certificates_of(prefix.name))

    waiting.all_of([clear], lambda _, gone: report(f"{gone:.0f} s: deleting {prefix.name}."))


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"

"""Who writes: claims a prefix of the bucket for this box, and asks whether the box is still the one named."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from bearblog.engines.replication import current, installation
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.current import Claim, Current
from bearblog.engines.replication.errors import Damaged, Refused, ReplicationError, Unreachable
from bearblog.engines.replication.installation import Installation


class Standing(Enum):
    """What the bucket says of this box."""

    NAMED = "named"
    SUPERSEDED = "superseded"
    ABSENT = "absent"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Check:
    """One look into the bucket: the standing, what `current` says, and why it could not be read."""

    standing: Standing
    current: Current | None = None
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a claim came to."""

    installation: Installation
    changed: bool
    message: str


def check(bucket: Bucket, own: Installation) -> Check:
    """Whether `current` names this box. Raises ReplicationError for a damaged `current` or a refused key."""
    try:
        found = current.read(bucket)
    except Unreachable as error:
        return Check(Standing.UNREACHABLE, reason=str(error))
    return judge(found, own)


def judge(found: Current | None, own: Installation) -> Check:
    """What it means for this box that `current` says this, or that there is none."""
    if found is None:
        return Check(Standing.ABSENT)
    return Check(Standing.NAMED if found.living.prefix == own.prefix else Standing.SUPERSEDED, found)


def claim(bucket: Bucket, file: Path, *, site: str, now: datetime, start_new: bool = False) -> Outcome:
    """Gives a new box its prefix and writes it to the bucket, or leaves the claim it has as it is.

    Raises ReplicationError when `current` names another box, unless start_new. A bucket that gives no
    answer, or refuses the key, is claimed later, by claim_late: the prefix is unique either way. A damaged
    `current` is an error too, and replaced only by start_new.
    """
    own = installation.read(file)
    if own is not None and not (start_new and _is_superseded(bucket, own)):
        if not own.claimed:
            return _claim_again(bucket, file, own, site)
        return Outcome(own, False, f"This box already writes {own.prefix}.")
    fresh = installation.new_claim(now)
    try:
        found = _read(bucket, rebuild=start_new)
        if found is not None and not start_new:
            raise ReplicationError(_belongs_to(found))
        if found is not None:
            fresh = installation.new_claim(found.not_before(now))
        current.write(bucket, _with_claim(found, fresh, site))
    except (Refused, Unreachable) as error:
        unclaimed = Installation(fresh, claimed=False)
        installation.write(file, unclaimed)
        return Outcome(unclaimed, True, _later(str(error)))
    claimed = Installation(fresh, claimed=True)
    installation.write(file, claimed)
    return Outcome(claimed, True, f"This box now writes {fresh.prefix}.")


def claim_late(bucket: Bucket, file: Path, own: Installation, *, site: str) -> Installation:
    """Claims a bucket that has no `current`. Returns the claimed installation; raises ReplicationError."""
    current.write(bucket, Current(site=site, history=(own.claim,)))
    return confirm(file, own)


def confirm(file: Path, own: Installation) -> Installation:
    """Notes in installation.json that the bucket names this box; returns what the file now says."""
    if own.claimed:
        return own
    confirmed = Installation(own.claim, claimed=True)
    installation.write(file, confirmed)
    return confirmed


def _claim_again(bucket: Bucket, file: Path, own: Installation, site: str) -> Outcome:
    try:
        seen = check(bucket, own)
    except Refused as error:
        return Outcome(own, False, _later(str(error)))
    if seen.standing is Standing.UNREACHABLE:
        return Outcome(own, False, _later(seen.reason))
    if seen.standing is Standing.SUPERSEDED and seen.current is not None:
        raise ReplicationError(_belongs_to(seen.current))
    if seen.standing is Standing.ABSENT:
        claimed = claim_late(bucket, file, own, site=site)
    else:
        claimed = confirm(file, own)
    return Outcome(claimed, True, f"The bucket now knows that this box writes {own.prefix}.")


def _later(reason: str) -> str:
    return f"{reason} The box runs on its own prefix, and the worker claims the bucket when it can."


def _read(bucket: Bucket, *, rebuild: bool) -> Current | None:
    try:
        return current.read(bucket)
    except Damaged:
        if not rebuild:
            raise
        return current.rebuild(bucket)


def _is_superseded(bucket: Bucket, own: Installation) -> bool:
    return check(bucket, own).standing is Standing.SUPERSEDED


def _with_claim(found: Current | None, fresh: Claim, site: str) -> Current:
    if found is None:
        return Current(site=site, history=(fresh,))
    return found.followed_by(fresh, site=site)


def _belongs_to(found: Current) -> str:
    return (
        f"The bucket already holds the blog of {found.site} ({found.living.prefix}, since "
        f"{found.living.since:%Y-%m-%d %H:%M} UTC). To bring that blog back on this box, run restore.yml; to "
        "leave it in the bucket and begin an empty one here, set start_new (claim_replica --start-new); "
        "or name another bucket."
    )

"""Restores the database from the bucket onto a prefix of its own; a failure leaves the box as it was."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bearblog.engines.replication import current, fetching, installation, placing, source
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.current import Claim, Current
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.fetching import Report
from bearblog.engines.replication.installation import Installation
from bearblog.lib.laps import Laps

# Looks at a database before it is placed, and refuses it by a ReplicationError.
Look = Callable[[Path], None]


@dataclass(frozen=True)
class Restored:
    """What a restore brought back, from where, what it set aside, and the seconds: in all and in parts."""

    source: str
    prefix: str
    moment: datetime | None
    txid: str
    rows: dict[str, int]
    seconds: float
    parts: dict[str, float]
    set_aside: Path | None


@dataclass(frozen=True)
class Target:
    """Where a restored database goes."""

    database: Path
    installation_file: Path
    site: str
    replace: bool = False


def restore(
    bucket: Bucket,
    target: Target,
    *,
    moment: datetime | None,
    now: datetime,
    report: Report,
    look: Look,
    seconds: float = 3600,
) -> Restored:
    """Brings the newest state back, or that of a moment. The caller has stopped whatever opens the database.

    It is looked at before it is placed. Raises ReplicationError with what was found, Damaged for a replica of
    which nothing whole comes; `current`, database and installation.json are then as before.
    """
    started, laps = time.monotonic(), Laps()
    placing.refuse_unless_free(target.database, replace=target.replace)
    found = current.read(bucket)
    if found is None:
        raise ReplicationError(_nothing_claimed(bucket))
    chosen = source.choose(bucket, found.history, moment, now)
    # Whatever this box's clock says, what was written by now was written before the claim.
    fresh = installation.new_claim(found.not_before(max(now, chosen.newest or now)))
    placing.remove_abandoned(target.database)
    staging = placing.make_staging(target.database)
    fetched = staging / target.database.name
    report(f"Restoring from {chosen.prefix}.")
    try:
        # First of all, so that a box that still writes the old prefix learns of it while this one reads.
        current.write(bucket, found.followed_by(fresh, site=target.site))
        txid = fetching.fetch(bucket, chosen, fetched, report=report, seconds=seconds)
        laps.end("fetched")
        report(f"Checking {placing.megabytes(fetched):.0f} MB.")
        rows = placing.examine(fetched)
        laps.end("checked")
        look(staging)
        laps.end("looked at")
        set_aside = placing.place(fetched, target.database, now)
        try:
            installation.write(target.installation_file, Installation(fresh, claimed=True))
        except BaseException:
            placing.take_back(target.database, set_aside)
            raise
    except BaseException as error:
        _put_back(bucket, found, fresh, error)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    gone = time.monotonic() - started
    return Restored(chosen.prefix, fresh.prefix, moment, txid, rows, gone, laps.seconds, set_aside)


def _put_back(bucket: Bucket, found: Current, fresh: Claim, cause: BaseException) -> None:
    try:
        written = current.read(bucket)
        if written is None or written.living == fresh:
            bucket.write(current.OBJECT, current.serialize(found))
    except ReplicationError as error:
        raise ReplicationError(
            f"{cause} Besides, `current` could not be put back ({error}) and names a prefix without data: a "
            "later restore passes over it, but a box that still serves turns read-only until one is made."
        ) from cause


def _nothing_claimed(bucket: Bucket) -> str:
    names = [entry.name + ("/" if entry.is_folder else "") for entry in bucket.entries("")]
    # The playbook that restores has put its release there by now.
    others = [name for name in names if name != "releases/"]
    held = f"It holds: {', '.join(others[:20])}." if others else "Besides releases, it is empty."
    return (
        f"The bucket has no object `current`, so no box ever claimed it. {held} "
        "Check bucket_name, or install anew."
    )

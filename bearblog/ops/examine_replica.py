"""The doctor's look at the replica: Litestream, the bucket, and who writes there."""

import dataclasses

from django.conf import settings

from bearblog.engines.replication import claiming, control, installation, status
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.claiming import Standing
from bearblog.engines.replication.errors import TimedOut
from bearblog.engines.replication.installation import Installation
from bearblog.engines.vitals.findings import Finding, fail, ok, warning
from bearblog.ops import box

# Whoever asks the doctor waits for it.
_SYNC_SECONDS = 5.0
_BUCKET_SECONDS = 5.0
_LARGE_WAL = 50_000_000
_AGAIN = "Run the playbook again."


def litestream() -> Finding:
    """Whether Litestream's own SQLite is free of the WAL-reset bug."""
    version = status.litestream_version(box.bucket())
    words = ".".join(str(part) for part in version)
    if version >= status.OLDEST_SAFE_VERSION:
        return ok("litestream", f"Litestream is {words}.")
    return fail("litestream", f"Litestream {words} can lose committed writes.", "Install 0.5.17 or later.")


def bucket() -> Finding:
    """Whether the bucket answers, and holds data of this box."""
    own = own_installation()
    if own is None:
        return fail("bucket", "This box has claimed no prefix.", _AGAIN)
    if not asked_bucket().entries(own.prefix):
        return fail(
            "bucket", f"The bucket answers, but {own.prefix} is empty.", "See: journalctl -u litestream."
        )
    return ok("bucket", f"The bucket answers and holds {own.prefix}.")


def one_writer() -> Finding:
    """Whether the bucket names this box, and no other."""
    own = own_installation()
    if own is None:
        return fail("one writer", "This box has claimed no prefix.", _AGAIN)
    seen = claiming.check(asked_bucket(), own)
    if seen.standing is Standing.NAMED:
        return ok("one writer", f"`current` names this box, since {own.claim.since:%Y-%m-%d %H:%M} UTC.")
    if seen.standing is Standing.SUPERSEDED and seen.current is not None:
        sentence = f"Another box took over: {seen.current.living.prefix}, at {seen.current.site}."
        mend = f"Switch this box off; there, `bearblog replicas export {own.prefix}` gives what only it has."
        return fail("one writer", sentence, mend)
    if seen.standing is Standing.ABSENT:
        return fail(
            "one writer", "The bucket has no `current`.", "The worker claims it: is bearblog-worker running?"
        )
    return fail(
        "one writer", seen.reason, "Correct the inventory or the network, and run the playbook again."
    )


def replication() -> Finding:
    """Whether a sync asked for now reaches the replica."""
    # One answer may lag by what authors have written meanwhile.
    try:
        result = control.wait_until_replicated(settings.SYNC_SOCKET, timeout=_SYNC_SECONDS)
    except TimedOut as error:
        return fail("replication", str(error), "See: journalctl -u litestream.")
    return ok("replication", f"The replica has all {result.txid} transactions.")


def wal() -> Finding:
    """Whether the write-ahead log stays small; it grows while somebody holds on to an old moment of it."""
    size = status.wal_bytes(box.database())
    sentence = f"The write-ahead log takes {size / 1e6:.0f} MB."
    if size > _LARGE_WAL:
        return warning("wal", sentence, "See: journalctl -u litestream; a long read holds it up, too.")
    return ok("wal", sentence)


def off_site() -> Finding:
    """Whether the replica would outlive the box."""
    if settings.OFF_SITE:
        return ok("off site", "The replica lies in a bucket, off this box.")
    return warning(
        "off site",
        "NO BUCKET: the replica lies on this box's own disk. If the box is lost, every blog on it is lost.",
        "Put bucket_name, its endpoint and its keys into the inventory, and run the playbook.",
    )


def own_installation() -> Installation | None:
    """What installation.json says. Raises ReplicationError where it is damaged."""
    return installation.read(box.installation_file())


def asked_bucket() -> Bucket:
    """The bucket, with as much time to answer as a person gives the doctor. Raises ReplicationError."""
    return dataclasses.replace(box.bucket(), seconds=_BUCKET_SECONDS)

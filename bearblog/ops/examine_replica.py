"""The doctor's look at what lies off the box: the bucket, the replica, the backups."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from bearblog.engines.replication import claiming, control, installation, status
from bearblog.engines.replication.claiming import Standing
from bearblog.engines.replication.installation import Installation
from bearblog.engines.vitals.findings import Finding, fail, ok, warning
from bearblog.ops import box

_SYNC_SECONDS = 10.0
_LARGE_WAL = 50_000_000
_BACKUP_AGE = timedelta(hours=26)
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
    own = _installation()
    if own is None:
        return fail("bucket", "This box has claimed no prefix.", _AGAIN)
    if not box.bucket().entries(own.prefix):
        return fail(
            "bucket", f"The bucket answers, but {own.prefix} is empty.", "See: journalctl -u litestream."
        )
    return ok("bucket", f"The bucket answers and holds {own.prefix}.")


def one_writer() -> Finding:
    """Whether the bucket names this box, and no other."""
    own = _installation()
    if own is None:
        return fail("one writer", "This box has claimed no prefix.", _AGAIN)
    seen = claiming.check(box.bucket(), own)
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
    result = control.sync(settings.SYNC_SOCKET, timeout=_SYNC_SECONDS)
    if not result.is_replicated:
        sentence = f"The replica has {result.replicated_txid} of {result.txid} transactions."
        return fail("replication", sentence, "See: journalctl -u litestream.")
    wal = status.wal_bytes(box.database())
    if wal > _LARGE_WAL:
        return warning(
            "replication", f"The WAL has grown to {wal / 1e6:.0f} MB.", "See: journalctl -u litestream."
        )
    return ok("replication", f"The replica has all {result.txid} transactions.")


def off_site() -> Finding:
    """Whether the replica would outlive the box."""
    if settings.OFF_SITE:
        return ok("off site", "The replica lies in a bucket, off this box.")
    return warning(
        "off site",
        "NO BUCKET: the replica lies on this box's own disk. If the box is lost, every blog on it is lost.",
        "Put bucket_name, its endpoint and its keys into the inventory, and run the playbook.",
    )


def backups() -> Finding:
    """Whether a backup set came within the last day."""
    sets = [entry.name for entry in box.bucket().entries("backups/daily") if entry.is_folder]
    made = [moment for moment in map(_stamp, sets) if moment is not None]
    now = datetime.now(UTC)
    if made and now - max(made) <= _BACKUP_AGE:
        return ok("backups", f"The newest of {len(made)} backup sets is of {max(made):%Y-%m-%d %H:%M} UTC.")
    own = _installation()
    if not made and own is not None and now - own.claim.since <= _BACKUP_AGE:
        return ok("backups", "None yet; the first comes within a day of the installation.")
    newest = f"is of {max(made):%Y-%m-%d %H:%M} UTC" if made else "was never made"
    return fail(
        "backups", f"The newest backup set {newest}.", "See: journalctl -u bearblog-backup; run backup.sh."
    )


def _installation() -> Installation | None:
    return installation.read(box.installation_file())


def _stamp(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None

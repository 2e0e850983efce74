"""The doctor's look at the backup sets in the bucket: how new, how whole, and whether one was rehearsed."""

import json
from datetime import UTC, datetime, timedelta

from django.conf import settings

from bearblog.engines.replication import drills
from bearblog.engines.replication.drills import Source, Verdict
from bearblog.engines.snapshots import manifest
from bearblog.engines.vitals.findings import Finding, fail, ok, warning
from bearblog.ops import box
from bearblog.ops.examine_replica import asked_bucket, own_installation

_SHELF = "backups/daily"
_MOST_AGE = timedelta(hours=26)
_ANEW = "See: journalctl -u bearblog-backup; make one now: /root/deploy/backup.sh."


def backups() -> Finding:
    """Whether a backup set came within the last day."""
    sets = _sets()
    return _made_within_a_day("backups", sets[-1] if sets else None, "in the bucket")


def newest_set() -> Finding:
    """Whether all files of the newest set lie there in their sizes, and what its rehearsal came to."""
    sets = _sets()
    if not sets:
        return ok("newest backup", "There is none to look at.")
    folder = f"{_SHELF}/{sets[-1]:%Y%m%dT%H%M%SZ}"
    present = {entry.name: entry.size for entry in asked_bucket().entries(folder)}
    page = asked_bucket().read(f"{folder}/{manifest.NAME}")
    if page is None:
        return fail("newest backup", f"{folder} has no manifest, so it is not whole.", _ANEW)
    try:
        sealed = {name: int(mark["bytes"]) for name, mark in json.loads(page)["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return fail("newest backup", f"The manifest of {folder} is damaged.", _ANEW)
    wrong = sorted(name for name, size in sealed.items() if present.get(name) != size)
    if wrong:
        return fail("newest backup", f"{folder} lacks {wrong[0]} as it was sealed.", _ANEW)
    return ok("newest backup", f"All {len(sealed)} files of {folder} are there; {_rehearsed(sets[-1])}.")


def second_bucket() -> Finding:
    """Whether the loss of the bucket, its account or its key would leave a copy of the last day."""
    if not settings.SECOND_BUCKET:
        return warning(
            "second bucket",
            "There is one bucket: with its account or its key, replica and backup sets are lost together.",
            "Put second_bucket_name, its endpoint and its keys into the inventory, and run the playbook.",
        )
    # Its keys are root's: the backup leaves a mark.
    mark = box.second_bucket_file()
    sent = _stamp(mark.read_text(encoding="utf-8").strip()) if mark.exists() else None
    return _made_within_a_day("second bucket", sent, f"in {settings.SECOND_BUCKET}")


def _made_within_a_day(line: str, newest: datetime | None, place: str) -> Finding:
    now = datetime.now(UTC)
    if newest and now - newest <= _MOST_AGE:
        return ok(line, f"The newest backup set {place} is of {_words(newest)}.")
    if not newest and _is_new(now):
        return ok(line, "None yet; the first comes within a day of the installation.")
    said = (
        f"The newest backup set {place} is of {_words(newest)}"
        if newest
        else f"There is no backup set {place}"
    )
    return fail(line, f"{said}.", _ANEW)


def _rehearsed(made: datetime) -> str:
    # What failed is told by the line on rehearsals.
    found = [one for one in drills.read(box.drills_file()) if one.source is Source.SNAPSHOT]
    if not found or found[-1].date < made:
        return "its rehearsal is still to come"
    return f"its rehearsal {'passed' if found[-1].verdict is Verdict.PASSED else 'failed'}"


def _sets() -> list[datetime]:
    names = [entry.name for entry in asked_bucket().entries(_SHELF) if entry.is_folder]
    return sorted(moment for moment in map(_stamp, names) if moment is not None)


def _is_new(now: datetime) -> bool:
    own = own_installation()
    return own is not None and now - own.claim.since <= _MOST_AGE


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _stamp(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None

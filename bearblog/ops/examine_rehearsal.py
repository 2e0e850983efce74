"""The doctor's look at what was tried, not hoped: the measured lag, and the last rehearsals of a restore."""

from datetime import UTC, datetime, timedelta

from bearblog.engines.replication import canary as canaries
from bearblog.engines.replication import drills, installation
from bearblog.engines.replication.drills import Drill, Source, Verdict
from bearblog.engines.vitals.findings import Finding, fail, ok
from bearblog.ops import box

_OLDEST_CANARY = timedelta(minutes=5)
_LONGEST_LAG = 60.0
_OLDEST_DRILL = timedelta(hours=36)
_FIRST_DRILL = timedelta(days=1)
_SEE_WORKER = "See that the worker runs: systemctl status bearblog-worker."
_REHEARSE = "See: journalctl -u bearblog-drill; rehearse now: /root/deploy/drill.sh."


def canary() -> Finding:
    """Whether a canary came within minutes, and how long one took to the bucket when nobody hurried it."""
    newest = canaries.newest()
    if newest is None:
        if _is_younger_than(_OLDEST_CANARY):
            return ok("canary", "None yet; the worker writes the first one within a minute.")
        return fail("canary", "The worker never wrote a canary.", _SEE_WORKER)
    age = datetime.now(UTC) - newest.moment
    sentence = f"The newest canary is {age.total_seconds():.0f} s old"
    if age > _OLDEST_CANARY:
        return fail("canary", f"{sentence}.", _SEE_WORKER)
    if newest.lag is None:
        return ok("canary", f"{sentence}; its way to the replica is not measured yet.")
    if newest.lag > _LONGEST_LAG:
        sentence = f"What is written needs {newest.lag:.0f} s or more to the replica, or does not reach it."
        return fail("canary", sentence, "See: journalctl -u litestream.")
    return ok("canary", f"{sentence}; one before it was in the replica after {newest.lag:.1f} s.")


def drill() -> Finding:
    """Whether a restore was rehearsed lately, from the replica and from a backup set, and came to its end."""
    recorded = drills.read(box.drills_file())
    if not recorded:
        if _is_younger_than(_FIRST_DRILL):
            return ok("drill", "None yet; the first comes within a day of the installation.")
        return fail("drill", "A restore was never rehearsed.", _REHEARSE)
    last = {one.source: one for one in recorded}
    sentences = [sentence for source in Source if (sentence := _complaint(source, last.get(source)))]
    if sentences:
        return fail("drill", " ".join(sentences), _REHEARSE)
    words = ", ".join(f"{source} in {one.seconds} s" for source, one in sorted(last.items()))
    oldest = min(one.date for one in last.values())
    return ok("drill", f"A restore was rehearsed at {_words(oldest)} or later: {words}.")


def _complaint(source: Source, last: Drill | None) -> str:
    if last is None:
        return f"The {source} was never rehearsed."
    if last.verdict is Verdict.FAILED:
        return f"The rehearsal of the {source} failed at {_words(last.date)}: {last.reason.rstrip('.')}."
    if datetime.now(UTC) - last.date > _OLDEST_DRILL:
        return f"The {source} was last rehearsed at {_words(last.date)}."
    return ""


def _is_younger_than(age: timedelta) -> bool:
    own = installation.read(box.installation_file())
    return own is not None and datetime.now(UTC) - own.claim.since <= age


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"

"""Sets right what a release left behind that did not come to its end, by failure, by kill or by power cut."""

from collections.abc import Callable

from deploy.releases import candidate, programs, records, stand_in
from deploy.releases.places import Places
from deploy.releases.records import Record
from deploy.releases.switching import BEFORE_MIGRATING, WEB, WORKER

# Both wait for bearblog-settle.service at a boot. When that one asks for them, it would wait for itself.
_AT_ONCE = "--job-mode=ignore-dependencies"


def settle(places: Places, say: Callable[[str], None], *, is_running: bool) -> None:
    """Lets the release before serve again, where another one has begun to take its place and not ended.

    Where the box is not running yet, systemd starts what serves after this. Raises ReleaseError.
    """
    left = records.read_underway(places)
    if left is None:
        return
    returned = places.serving() != left.before
    if returned:
        places.swing(left.before)
        # Readers may be shown the new release's pages by now; the worker makes the link anew.
        places.stored_pages.unlink(missing_ok=True)
    if is_running:
        candidate.stop()
        if returned:
            programs.systemctl("restart", _AT_ONCE, WEB)
        stand_in.stop()
        programs.systemctl("start", _AT_ONCE, WORKER)
    reason = f"It ended at the step “{left.step}”."
    records.end(
        places, Record(left.version, left.before, left.by, records.now(), "returned", left.step, reason)
    )
    say(
        f"{left.version} did not get past “{left.step}”. "
        f"{left.before} serves{' again' if returned else ', as before'}."
    )
    say(_left_behind(left.step, left.version))


def _left_behind(step: str, version: str) -> str:
    folder = f"Left behind: /srv/bearblog/releases/{version}, which the next attempt uses"
    if step in BEFORE_MIGRATING:
        return f"{folder}; the database is as it was."
    return f"{folder}. Migrations that came to their end stay: they only add, and what serves does without."

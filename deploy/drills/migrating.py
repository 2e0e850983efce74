"""A migration is killed while it writes and authors do: is the database whole, and does the site serve on?"""

import contextlib
import random
import threading
import time
from dataclasses import dataclass, field

from deploy.bench import testbed
from deploy.bench.figures import Figure
from deploy.drills import authors, holdings, readers, spare, variants
from deploy.drills.ledger import PENDING, SAFE, Ledger
from deploy.drills.outcome import Outcome
from deploy.drills.readers import Course, Reading
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import playbook
from deploy.droplet.box import Box
from deploy.droplet.progress import say
from deploy.droplet.state import DropletError
from deploy.releases import records
from deploy.releases.places import Places

_STEP = "migrating"
# Not the shell in which these words stand.
_MIGRATION = "[m]anage.py migrate "
# It takes a second or two to start, writes, and stays in its transaction for eight.
_LATEST = 6.0
_PAUSE = 0.2
_PATIENCE = 180.0
_LET_SERVE = "/srv/bearblog/current/deploy/release.sh serve {version} --allow-pause 60 --anyway 2>&1"
_PATHS = ("/", "/post-1/", "/blog/?q=wind")


@dataclass
class _Seen:
    """What the rounds have shown."""

    killed_in: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    reading: Reading = field(default_factory=Reading)


def drill(bed: Spare, rounds: int) -> Outcome:
    """Kills the migration of a release so many times, at random moments, then lets it through."""
    with spare.apart(bed) as own:
        return _drill(own, rounds)


def _drill(bed: Spare, rounds: int) -> Outcome:
    seen = _Seen()
    box = spare.restored_copy(bed)
    try:
        before = Places(box.droplet.root).serving()
        version = variants.vary(box, "00000d11", variants.WRITING_MIGRATION)
        courses = [Course(f"{blog}.{playbook.MAIN_HOST}", _PATHS, 0.5) for blog in bed.sessions]
        with contextlib.ExitStack() as stack:
            seen.reading = stack.enter_context(readers.reading(testbed.door(box), courses))
            writing = authors.writing(
                box, bed.sessions, seen.ledger, label="migrating", pause=_PAUSE, persistent=True
            )
            writers = stack.enter_context(writing)
            authors.await_safe(writers, 1)
            for number in range(1, rounds + 1):
                seen.killed_in.append(_kill(box, version))
                # Raises Damage where it is not whole.
                holdings.posts(box)
                if (serves := Places(box.droplet.root).serving()) != before:
                    seen.others.append(serves)
                authors.await_safe(writers, writers.authors + 1)
                say(f"  migration-crash {number}/{rounds}: killed at the step “{seen.killed_in[-1]}”")
            box.ssh(_LET_SERVE.format(version=version))
            authors.await_safe(writers, writers.authors + 1)
        serves = Places(box.droplet.root).serving()
        lost = seen.ledger.lost(holdings.posts(box), SAFE, PENDING)
    finally:
        boxes.discard(box)
    return _outcome(rounds, seen, lost, serves == version)


def _kill(box: Box, version: str) -> str:
    """The step at which the release was when its migration was killed, and what had started it."""
    attempt = threading.Thread(target=box.ssh, args=(f"! {_LET_SERVE.format(version=version)}",))
    attempt.start()
    _await_migration(box)
    time.sleep(random.uniform(0, _LATEST))  # noqa: S311 - no secret
    underway = records.read_underway(Places(box.droplet.root))
    box.ssh(f"pkill --signal KILL --full '{_MIGRATION}'")
    attempt.join()
    return underway.step if underway else "none"


def _await_migration(box: Box) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        underway = records.read_underway(Places(box.droplet.root))
        if underway and underway.step == _STEP and box.ssh(f"pgrep --full '{_MIGRATION}' || :"):
            return
        if time.monotonic() > deadline:
            raise DropletError(f"The release does not come to its migration: {underway}")
        time.sleep(0.01)


def _outcome(rounds: int, seen: _Seen, lost: list[str], is_let_in: bool) -> Outcome:
    answered = seen.ledger.count(SAFE) + seen.ledger.count(PENDING)
    failed = seen.reading.failures.total()
    figures = [
        Figure(f"killed while it migrated, of {rounds}", seen.killed_in.count(_STEP), least=1),
        Figure("times that the release before did not serve on", len(seen.others), most=0),
        Figure(f"posts answered and then missing, of {answered:,}", len(lost), most=0),
        Figure(f"reads that failed, of {seen.reading.pages + failed:,}", failed, most=0),
        Figure("let in at the end", int(is_let_in), least=1),
    ]
    kept = {"lost": lost, "others": seen.others, "failed reads": dict(seen.reading.failures)}
    return Outcome(rounds, figures, kept)

"""Each service is killed at random moments while authors write: what comes back, and is anything lost?"""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from deploy.bench.figures import Figure
from deploy.drills import authors, holdings, spare
from deploy.drills.authors import Writing
from deploy.drills.ledger import PENDING, SAFE, UNANSWERED, Ledger
from deploy.drills.outcome import Outcome
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import machine
from deploy.droplet.box import Box
from deploy.droplet.progress import say

UNITS: Mapping[str, str] = {
    "web": "bearblog.service",
    "worker": "bearblog-worker.service",
    "Litestream": "litestream.service",
    "sync forwarder": "bearblog-sync.service",
    "Caddy": "caddy.service",
}
# Between two posts of one author.
_PAUSE = 0.1
_LONGEST_PEACE = 1.5


@dataclass
class _Killed:
    """Seconds from each kill to the next safe answer of a post begun after it, by service."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in UNITS})


def drill(bed: Spare, rounds: int) -> Outcome:
    """Kills one service a round; the box is lost and restored at the end."""
    ledger, killed = Ledger(), _Killed()
    # Each in turn, in an order that no other run has.
    names = [name for _ in range(rounds) for name in random.sample(list(UNITS), len(UNITS))][:rounds]
    box = spare.restored_copy(bed)
    try:
        with authors.writing(
            box, bed.sessions, ledger, label="kill", pause=_PAUSE, persistent=True
        ) as writing:
            authors.await_safe(writing, 1)
            for number, name in enumerate(names, start=1):
                writing.ended.wait(random.uniform(0, _LONGEST_PEACE))  # noqa: S311 - no secret
                seconds = _kill(box, UNITS[name], writing)
                killed.seconds[name].append(seconds)
                say(f"  kill {number}/{rounds}: {name}; the next post was safe after {seconds:.1f} s")
        box.ssh("bearblog wait_replicated --timeout 60")
        on_box, in_bucket = holdings.posts(box), holdings.replica(box)
        machine.pull_plug(box.droplet)
    finally:
        boxes.discard(box)
    restored = spare.posts_of_the_next(bed)
    said = (SAFE, PENDING)
    lost = {*ledger.lost(on_box, *said), *ledger.lost(in_bucket, *said), *ledger.lost(restored, *said)}
    doubled = {*ledger.doubled(on_box), *ledger.doubled(restored)}
    return _outcome(rounds, ledger, killed, writing, lost, doubled)


def kill(box: Box, unit: str) -> None:
    """Kills all processes of the unit at once, or one, as the kernel does that is out of memory.

    systemd runs `ExecStopPost=` only in the second case, so either may be all that mends the log.
    """
    whom = random.choice(("all", "main"))  # noqa: S311 - no secret
    box.ssh(f"systemctl kill --signal=KILL --kill-whom={whom} {unit}")


def _kill(box: Box, unit: str, writing: Writing) -> float:
    kill(box, unit)
    began = time.monotonic()
    # One save of each author may have been answered before the kill, and be noted after it.
    authors.await_safe(writing, writing.authors + 1)
    return time.monotonic() - began


def _outcome(
    rounds: int, ledger: Ledger, killed: _Killed, writing: Writing, lost: set[str], doubled: set[str]
) -> Outcome:
    answered = ledger.count(SAFE) + ledger.count(PENDING)
    figures = [
        Figure(
            f"posts answered and then missing on the box, in its replica or restored, of {answered:,}",
            len(lost),
            most=0,
        ),
        Figure("posts that are there twice", len(doubled), most=0),
        *(
            Figure(f"{name} killed {len(seconds)} times, longest to the next safe post", max(seconds), "s")
            for name, seconds in killed.seconds.items()
            if seconds
        ),
    ]
    kept = {
        "lost": sorted(lost),
        "doubled": sorted(doubled),
        "safe": ledger.count(SAFE),
        "pending": ledger.count(PENDING),
        "unanswered": ledger.count(UNANSWERED),
        "saves that had to be sent again": len(writing.failures),
        "seconds": killed.seconds,
    }
    return Outcome(rounds, figures, kept)

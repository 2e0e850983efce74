"""A day's writing in half an hour while readers read and a service is killed each minute: what is lost?"""

import itertools
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from deploy.bench.figures import Figure
from deploy.drills import curve, holdings, killing, lags, spare, traffic
from deploy.drills.authors import Writing
from deploy.drills.curve import Minute
from deploy.drills.holdings import Damage
from deploy.drills.killing import UNITS
from deploy.drills.lags import PendingLags
from deploy.drills.ledger import PENDING, SAFE, UNANSWERED, Ledger
from deploy.drills.outcome import Outcome
from deploy.drills.readers import Reading
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import machine
from deploy.droplet.box import Box
from deploy.droplet.progress import say
from deploy.figures import memory

_TOLD = (
    "`soak` kills the services in turn, so that each lives five minutes: memory is what they hold at the "
    "end of a minute, and minutes that are five apart compare. A canary is a row that nobody waits for: its "
    "lag is that of everything but saves. What a save takes is the whole wait of its author."
)


@dataclass
class _Soak:
    """What came of it all."""

    ledger: Ledger = field(default_factory=Ledger)
    pending: PendingLags = field(default_factory=PendingLags)
    minutes: list[Minute] = field(default_factory=list)
    writings: list[Writing] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)
    # Rows of canaries before it began.
    before: int = 0
    canaries: list[float] = field(default_factory=list)
    seconds: float = 0.0
    lost: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    damages: list[str] = field(default_factory=list)


def drill(bed: Spare, rounds: int, *, seconds: float = 60.0) -> Outcome:
    """Writes and reads for so many minutes, one kill in each; the box is lost and restored at the end."""
    soak = _Soak()
    box = spare.restored_copy(bed)
    try:
        traffic.prepare(box)
        soak.before = len(holdings.canary_lags(box))
        with (
            traffic.reading(box) as soak.reading,
            traffic.writing(box, bed, soak.ledger, soak.pending.told) as soak.writings,
        ):
            _go_through(box, soak, rounds, seconds)
        box.ssh("bearblog wait_replicated --timeout 120")
        soak.canaries = lags.measured(holdings.canary_lags(box)[soak.before :])
        _examine(soak, lambda: holdings.posts(box))
        _examine(soak, lambda: holdings.replica(box))
        machine.pull_plug(box.droplet)
    finally:
        boxes.discard(box)
    after = spare.restored_copy(bed)
    try:
        _examine(soak, lambda: holdings.posts(after))
    finally:
        boxes.discard(after)
    return _outcome(rounds, soak)


def _go_through(box: Box, soak: _Soak, rounds: int, seconds: float) -> None:
    began = time.monotonic()
    # In the same order each time: see _TOLD.
    for number, service in enumerate(itertools.islice(itertools.cycle(UNITS), rounds), start=1):
        _kill(box, soak, service, began + number * seconds)
        soak.minutes.append(_look(box, soak, number, service))
        say(f"  soak {number}/{rounds}: {curve.words(soak.minutes[-1])}")
    soak.seconds = time.monotonic() - began


def _kill(box: Box, soak: _Soak, service: str, end: float) -> None:
    """Kills it in the first half of what is left of the minute; returns at the minute's end."""
    ended = soak.writings[0].ended
    ended.wait(random.uniform(0, max(0.0, end - time.monotonic()) / 2))  # noqa: S311 - no secret
    killing.kill(box, UNITS[service])
    ended.wait(max(0.0, end - time.monotonic()))


def _look(box: Box, soak: _Soak, number: int, killed: str) -> Minute:
    known = lags.measured(holdings.canary_lags(box)[soak.before :])
    return Minute(
        number,
        killed,
        soak.ledger.count(SAFE),
        soak.ledger.count(PENDING),
        soak.ledger.count(UNANSWERED),
        soak.reading.pages,
        soak.reading.failures.total(),
        memory.pss(box),
        holdings.wal_size(box),
        known[-1] if known else None,
    )


def _examine(soak: _Soak, ask: Callable[[], Mapping[str, Sequence[str]]]) -> None:
    try:
        found = ask()
    except Damage as damage:
        soak.damages.append(str(damage))
    else:
        soak.lost |= set(soak.ledger.lost(found, SAFE, PENDING))
        soak.doubled |= set(soak.ledger.doubled(found))


def _outcome(rounds: int, soak: _Soak) -> Outcome:
    answered = soak.ledger.count(SAFE) + soak.ledger.count(PENDING)
    waits = [wait for writing in soak.writings for wait in writing.waits]
    failed = soak.reading.failures.total()
    figures = [
        Figure(
            f"posts answered and then missing on the box, in its replica or restored, of {answered:,}",
            len(soak.lost),
            most=0,
        ),
        Figure("posts that are there twice", len(soak.doubled), most=0),
        Figure("damaged databases, of 3", len(soak.damages), most=0),
        Figure("posts", len(waits) / soak.seconds, "/s", least=0.95 * traffic.WRITES),
        Figure("pages read", soak.reading.pages / soak.seconds, "/s", least=0.95 * traffic.READS),
        Figure(f"reads that failed, of {soak.reading.pages + failed:,}", failed),
        *curve.figures(soak.minutes),
        *lags.figures(soak.canaries, waits, soak.pending.seconds),
    ]
    kept = {
        "lost": sorted(soak.lost),
        "doubled": sorted(soak.doubled),
        "damages": soak.damages,
        "saves that had to be sent again": sum(len(writing.failures) for writing in soak.writings),
        "failed reads": dict(soak.reading.failures),
        "canaries": soak.canaries,
    }
    return Outcome(rounds, figures, kept, [_TOLD, curve.table(soak.minutes)])

"""The bucket refuses, is slow, falls silent, knows the key no more, and comes back: what are authors told?"""

import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from deploy.bench.desk import Desk
from deploy.bench.figures import Figure
from deploy.drills import authors, spare
from deploy.drills.ledger import PENDING, SAFE, Ledger
from deploy.drills.outcome import Outcome
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import machine, state
from deploy.droplet.box import Box
from deploy.droplet.progress import say
from deploy.droplet.state import DropletError
from deploy.stage.bad_line import BadLine

_SILENT_SECONDS = 600.0
_FAULT_SECONDS = 10.0
_SLOW_SECONDS = 0.5
_FOR_EVER = 86_400.0
_PAUSE = 0.2
_PATIENCE = 120.0
# SAFE_WAIT_SECONDS. What a save takes beyond that is the machine's doing, and seen while the bucket is there.
_BOUND = 2.0
# After ten silent minutes Litestream's S3 client pauses up to 20 s before it tries again (the longest of the
# AWS SDK for Go), and has then a file for each silent second to ship, one after the other.
_BACK_SECONDS = 60
_THERE = "there"


@dataclass
class _Phase:
    """What authors met while the bucket was in one state."""

    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    safe: int = 0
    pending: int = 0
    # From the bucket being back to the answer that all is safe.
    back: float = 0.0


def drill(bed: Spare, rounds: int, *, seconds: float = _SILENT_SECONDS) -> Outcome:
    """Goes through the faults so many times; the silence lasts `seconds`, the others ten at most.

    The line between box and bucket makes the faults, for this box alone. The box is lost at the end.
    """
    ledger, phases = Ledger(), dict[str, list[_Phase]]()
    line = BadLine(state.S3_PORT, host=state.GATEWAY)
    short = min(seconds, _FAULT_SECONDS)
    faults: Mapping[str, tuple[Callable[[], None], float]] = {
        _THERE: (line.mend, short),
        "refused": (line.refuse, short),
        "slow": (functools.partial(setattr, line, "delay", _SLOW_SECONDS), short),
        "silent": (functools.partial(setattr, line, "delay", _FOR_EVER), seconds),
        "wrong key": (line.spoil_keys, short),
    }
    try:
        box = spare.restored_copy(bed, endpoint=f"http://{state.GATEWAY}:{line.port}")
        try:
            for number in range(1, rounds + 1):
                for name, (begin, lasting) in faults.items():
                    label = f"bucket-{number}-{name.replace(' ', '-')}"
                    phase = _meet(box, bed, ledger, label, line, begin, lasting)
                    phases.setdefault(name, []).append(phase)
                    say(f"  bucket {number}/{rounds}: {name} for {lasting:.0f} s; {_words(phase)}")
            machine.pull_plug(box.droplet)
        finally:
            boxes.discard(box)
    finally:
        line.close()
    lost = ledger.lost(spare.posts_of_the_next(bed), SAFE, PENDING)
    return _outcome(rounds, ledger, phases, lost)


def _meet(
    box: Box, bed: Spare, ledger: Ledger, label: str, line: BadLine, begin: Callable[[], None], lasting: float
) -> _Phase:
    """Writes through one fault, and until the page that said pending says safe."""
    phase, own = _Phase(), Ledger()
    begin()
    try:
        with authors.writing(box, bed.sessions, own, label=label, pause=_PAUSE, persistent=True) as writing:
            writing.ended.wait(lasting)
    finally:
        # The silent connections too.
        line.cut()
        line.mend()
    phase.back = _await_safe(box, bed)
    phase.waits, phase.failures = writing.waits, writing.failures
    phase.safe, phase.pending = own.count(SAFE), own.count(PENDING)
    for said in (SAFE, PENDING):
        for post in own.told(said):
            ledger.note(post, said)
    return phase


def _await_safe(box: Box, bed: Spare) -> float:
    """Asks as the page does that said pending; the seconds until it is told safe."""
    began = time.monotonic()
    desk = Desk(box, next(iter(bed.sessions.values())))
    while not desk.get("/off-site/")["safe"]:
        if time.monotonic() > began + _PATIENCE:
            raise DropletError(f"The bucket is back, and nothing was safe for {_PATIENCE:.0f} s.")
        time.sleep(0.1)
    return time.monotonic() - began


def _words(phase: _Phase) -> str:
    return (
        f"{phase.safe} saves safe, {phase.pending} pending, {len(phase.failures)} failed, the longest took "
        f"{max(phase.waits, default=0.0):.1f} s; {phase.back:.1f} s after it was back all was safe"
    )


def _outcome(rounds: int, ledger: Ledger, phases: Mapping[str, list[_Phase]], lost: list[str]) -> Outcome:
    figures = []
    most = _BOUND + max(wait for phase in phases[_THERE] for wait in phase.waits)
    for name, met in phases.items():
        failed = sum(len(phase.failures) for phase in met)
        back = max(phase.back for phase in met)
        waits = [wait for phase in met for wait in phase.waits]
        figures += [
            Figure(f"{name}: saves that failed, of {len(waits):,}", failed, most=0),
            Figure(f"{name}: longest save", max(waits, default=0.0), "s", most=round(most, 2)),
            Figure(f"{name}: back to safe, longest", back, "s", most=_BACK_SECONDS),
        ]
        if name not in (_THERE, "slow"):
            safe = sum(phase.safe for phase in met)
            figures.append(Figure(f"{name}: saves called safe meanwhile", safe, most=0))
    answered = ledger.count(SAFE) + ledger.count(PENDING)
    figures.append(Figure(f"posts missing on the box restored after it, of {answered:,}", len(lost), most=0))
    kept = {"lost": sorted(lost), "back to safe": {n: [p.back for p in met] for n, met in phases.items()}}
    return Outcome(rounds, figures, kept)

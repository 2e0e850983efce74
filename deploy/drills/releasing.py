"""A release follows another and goes back again, while readers read and authors write: who notices?"""

import contextlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from deploy.bench.figures import Figure
from deploy.drills import authors, holdings, spare, variants
from deploy.drills.authors import Writing
from deploy.drills.ledger import PENDING, SAFE, Ledger
from deploy.drills.outcome import Outcome
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import playbook
from deploy.droplet.box import Box
from deploy.droplet.progress import say
from deploy.figures import load

# Fifty requests a second: of readers, whose pages are stored, and of one who is known, whose pages are made.
_STORED, _MADE = 40, 10
_PAUSE = 0.5
_LONGEST = 2.0
_SCRIPT = "/srv/bearblog/current/deploy/release.sh"
_STEP = re.compile(r"^ *(?P<seconds>[\d.]+) s  (?P<name>[^:\n]+)", re.MULTILINE)
_RELEASE, _ROLLBACK = "release", "rollback"


@dataclass
class _Noticed:
    """What those outside met during the releases, or during the ways back."""

    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    failed_saves: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    steps: list[dict[str, float]] = field(default_factory=list)


def drill(bed: Spare, rounds: int) -> Outcome:
    """Lets a release with a migration serve and the one before it again, so many times."""
    with spare.apart(bed) as own:
        return _drill(own, rounds)


def _drill(bed: Spare, rounds: int) -> Outcome:
    ledger = Ledger()
    noticed = {_RELEASE: _Noticed(), _ROLLBACK: _Noticed()}
    box = spare.restored_copy(bed)
    try:
        new = variants.vary(box, "00000e11", variants.QUICK_MIGRATION)
        for number in range(1, rounds + 1):
            for name, command in {_RELEASE: f"serve {new}", _ROLLBACK: "rollback"}.items():
                with _outside(box, bed, ledger, noticed[name], f"{name}-{number}") as writing:
                    authors.await_safe(writing, 1)
                    _go(box, command, noticed[name])
                    # Whoever saves next is answered by the other release.
                    authors.await_safe(writing, writing.authors + 1)
                say(f"  release {number}/{rounds}: {name} {_words(noticed[name])}")
        lost = ledger.lost(holdings.posts(box), SAFE, PENDING)
    finally:
        boxes.discard(box)
    return _outcome(rounds, ledger, noticed, lost)


@contextlib.contextmanager
def _outside(box: Box, bed: Spare, ledger: Ledger, noticed: _Noticed, label: str) -> Iterator[Writing]:
    blog = f"https://{next(iter(bed.sessions))}.{playbook.MAIN_HOST}:{box.https_port}/"
    with contextlib.ExitStack() as stack:
        reader, known = stack.enter_context(box.client()), stack.enter_context(box.client())
        known.headers["Cookie"] = "visit=1"
        writing = stack.enter_context(
            authors.writing(box, bed.sessions, ledger, label=label, pause=_PAUSE, persistent=True)
        )
        streams = [
            stack.enter_context(load.stream(reader, blog, rate=_STORED)),
            stack.enter_context(load.stream(known, box.site_url, rate=_MADE)),
        ]
        yield writing
    noticed.saves += writing.waits
    noticed.failed_saves += writing.failures
    for stream in streams:
        noticed.waits += stream.waits
        noticed.failures += stream.failures


def _go(box: Box, command: str, noticed: _Noticed) -> None:
    began = time.monotonic()
    said = box.ssh(f"{_SCRIPT} {command} 2>&1")
    noticed.seconds.append(time.monotonic() - began)
    noticed.steps.append({found["name"]: float(found["seconds"]) for found in _STEP.finditer(said)})


def _words(noticed: _Noticed) -> str:
    return (
        f"in {noticed.seconds[-1]:.1f} s; so far {len(noticed.failures)} of {len(noticed.waits):,} requests "
        f"failed, the longest took {max(noticed.waits):.2f} s"
    )


def _outcome(rounds: int, ledger: Ledger, noticed: dict[str, _Noticed], lost: list[str]) -> Outcome:
    figures = []
    for name, met in noticed.items():
        figures += [
            Figure(f"{name}: requests that failed, of {len(met.waits):,}", len(met.failures), most=0),
            Figure(f"{name}: longest wait of a reader", max(met.waits), "s", most=_LONGEST),
            Figure(
                f"{name}: saves that had to be sent again, of {len(met.saves):,}",
                len(met.failed_saves),
                most=0,
            ),
            Figure(f"{name}: longest save", max(met.saves), "s"),
            Figure(f"{name}: longest from command to end", max(met.seconds), "s"),
        ]
    answered = ledger.count(SAFE) + ledger.count(PENDING)
    figures.append(Figure(f"posts answered and then missing, of {answered:,}", len(lost), most=0))
    kept = {
        "lost": lost,
        **{f"failed in a {name}": met.failures + met.failed_saves for name, met in noticed.items()},
        **{f"seconds of each step of a {name}": met.steps for name, met in noticed.items()},
    }
    return Outcome(rounds, figures, kept)

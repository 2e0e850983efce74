"""The disk is full while authors write and readers read: who notices, and what is there when it has room?"""

import contextlib
import html
import time
from dataclasses import dataclass, field

from deploy.bench import testbed
from deploy.bench.desk import Desk
from deploy.bench.figures import Figure
from deploy.drills import authors, holdings, readers, spare
from deploy.drills.authors import Writing
from deploy.drills.ledger import PENDING, SAFE, Ledger
from deploy.drills.outcome import Outcome
from deploy.drills.readers import Course, Reading
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import machine, playbook, small_disk
from deploy.droplet.box import Box
from deploy.droplet.progress import say
from deploy.droplet.state import DropletError

_DATA = "/var/lib/bearblog"
# Room for a restore of what the drills before have written.
_FREE_MB = 300
_FULL_SECONDS = 60.0
_PAUSE = 0.2
_PATIENCE = 60.0
_LONGEST_BACK = 30.0
_IN_WORDS = "Not saved: The disk of this site "
# The search is made anew for each who asks.
_PATHS = ("/", "/post-1/", "/blog/?q=wind", "/feed/")


@dataclass
class _Met:
    """What all rounds have shown."""

    ledger: Ledger = field(default_factory=Ledger)
    reading: Reading = field(default_factory=Reading)
    refused: list[str] = field(default_factory=list)
    # Pages for those without a script that did not give the words back.
    without_words: list[str] = field(default_factory=list)
    back: list[float] = field(default_factory=list)


def drill(bed: Spare, rounds: int, *, seconds: float = _FULL_SECONDS) -> Outcome:
    """Fills the disk of the data so many times, for so long each; the box is lost and restored at the end."""
    met = _Met()
    box = spare.copy(bed)
    try:
        small_disk.put(box, _DATA, free_mb=_FREE_MB)
        spare.restore(box)
        for number in range(1, rounds + 1):
            _meet(box, bed, met, number, seconds)
            say(
                f"  disk-full {number}/{rounds}: full for {seconds:.0f} s; {len(met.refused)} saves refused "
                f"so far; {met.back[-1]:.1f} s after it had room a post was safe"
            )
        box.ssh("bearblog wait_replicated --timeout 60")
        on_box, in_bucket = holdings.posts(box), holdings.replica(box)
        machine.pull_plug(box.droplet)
    finally:
        boxes.discard(box)
    restored = spare.posts_of_the_next(bed)
    said = (SAFE, PENDING)
    lost = {title for found in (on_box, in_bucket, restored) for title in met.ledger.lost(found, *said)}
    return _outcome(rounds, met, lost, met.ledger.doubled(on_box))


def _meet(box: Box, bed: Spare, met: _Met, number: int, seconds: float) -> None:
    courses = [Course(f"{blog}.{playbook.MAIN_HOST}", _PATHS, 0.5) for blog in bed.sessions]
    with contextlib.ExitStack() as stack:
        reading = stack.enter_context(readers.reading(testbed.door(box), courses))
        writing = stack.enter_context(
            authors.writing(
                box, bed.sessions, met.ledger, label=f"full-{number}", pause=_PAUSE, persistent=True
            )
        )
        authors.await_safe(writing, 1)
        small_disk.fill(box, _DATA)
        try:
            _await_refusal(writing)
            _submit(box, bed, met, number)
            writing.ended.wait(seconds)
        finally:
            small_disk.relieve(box, _DATA)
        began = time.monotonic()
        authors.await_safe(writing, writing.authors + 1)
        met.back.append(time.monotonic() - began)
    met.refused += writing.failures
    met.reading.pages += reading.pages
    met.reading.failures += reading.failures


def _submit(box: Box, bed: Spare, met: _Met, number: int) -> None:
    """Sends a post as a browser without a script does: the page must give the words back."""
    blog, session = next(iter(bed.sessions.items()))
    post = authors.compose(f"full-{number} form", blog, 1)
    answer = Desk(box, session).submit(authors.address(post), authors.form(post))
    if answer.status_code != 503 or post.text not in html.unescape(answer.text):
        met.without_words.append(f"{answer.status_code}: {answer.text[:300]}")


def _await_refusal(writing: Writing) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not writing.failures:
        if time.monotonic() > deadline:
            raise DropletError(f"The disk is full, and no save was refused for {_PATIENCE:.0f} s.")
        writing.ended.wait(0.02)


def _outcome(rounds: int, met: _Met, lost: set[str], doubled: list[str]) -> Outcome:
    answered = met.ledger.count(SAFE) + met.ledger.count(PENDING)
    wordless = [failure for failure in met.refused if _IN_WORDS not in failure]
    failed = met.reading.failures.total()
    figures = [
        Figure("saves refused", len(met.refused), least=rounds),
        Figure(f"refused without saying why, of {len(met.refused):,}", len(wordless), most=0),
        Figure(f"pages that did not give the words back, of {rounds}", len(met.without_words), most=0),
        Figure(f"reads that failed, of {met.reading.pages + failed:,}", failed, most=0),
        Figure("room again to the next safe post, longest", max(met.back), "s", most=_LONGEST_BACK),
        Figure(
            f"posts answered and then missing on the box, in its replica or restored, of {answered:,}",
            len(lost),
            most=0,
        ),
        Figure("posts that are there twice", len(doubled), most=0),
    ]
    kept = {
        "lost": sorted(lost),
        "doubled": sorted(doubled),
        "refused without saying why": wordless[:20],
        "without their words": met.without_words[:20],
        "failed reads": dict(met.reading.failures),
        "back to safe": met.back,
    }
    return Outcome(rounds, figures, kept)

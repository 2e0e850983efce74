"""The box is destroyed right after a "safe" answer, and another restored: is any safe post lost?"""

import threading
import time
from dataclasses import dataclass, field

from deploy.bench.figures import Figure
from deploy.drills import authors, holdings, spare
from deploy.drills.ledger import PENDING, SAFE, UNANSWERED, Ledger, Post
from deploy.drills.outcome import Outcome
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import machine, playbook
from deploy.droplet.box import Box
from deploy.droplet.progress import say
from deploy.droplet.state import DropletError
from deploy.figures import first_page

_SAFE_A_ROUND = 10
_BARE_ROUNDS = 3
_PATIENCE = 60.0
_NOT_PROVEN = (
    "`lost-box` ends everything on a box at once and deletes its disk. What it does not prove: a loss of "
    "power under a disk that does not keep what it says it has, be it the box's own or the bucket's."
)


@dataclass
class _Seen:
    """What the rounds so far have shown."""

    lost: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    bare_seconds: list[float] = field(default_factory=list)


def drill(bed: Spare, rounds: int, *, bare: int = _BARE_ROUNDS, safe_a_round: int = _SAFE_A_ROUND) -> Outcome:
    """Loses a box in each round while its authors write, each box restored from what the one before left.

    Every restored box is asked for all safe posts of all rounds. The first of them, `bare` in number, are
    restored from bare by restore.yml, the others on copies of the spare.
    """
    ledger, seen = Ledger(), _Seen()
    newest: list[Post] = []
    for number in range(rounds + 1):
        began = time.monotonic()
        is_bare = 0 < number <= bare
        box = spare.restored_bare(bed) if is_bare else spare.restored_copy(bed)
        try:
            (seen.bare_seconds if is_bare else seen.seconds).append(time.monotonic() - began)
            _examine(box, ledger, newest, seen)
            if number < rounds:
                before = len(ledger.told(SAFE))
                _write_until_lost(box, bed, ledger, number + 1, safe_a_round)
                newest = ledger.told(SAFE)[before:]
        finally:
            boxes.discard(box)
        say(_line(number, rounds, ledger, seen, is_bare))
    return _outcome(rounds, ledger, seen)


def _examine(box: Box, ledger: Ledger, newest: list[Post], seen: _Seen) -> None:
    seen.lost |= set(ledger.lost(holdings.posts(box), SAFE))
    if not newest:
        return
    # Readers too must find what the last box had called safe.
    with box.client() as reader:
        for post in newest:
            address = f"https://{post.blog}.{playbook.MAIN_HOST}:{box.https_port}/{post.slug}/"
            if post is newest[0]:
                first_page.await_page(box, address)
            if post.title not in reader.get(address).text:
                seen.unread.append(post.title)


def _write_until_lost(box: Box, bed: Spare, ledger: Ledger, number: int, enough: int) -> None:
    """Pulls the plug in the moment of one answer, while the other authors are in the midst of a save."""
    wanted = ledger.count(SAFE) + enough
    pulling, is_lost = threading.Lock(), threading.Event()

    def told(said: str) -> None:
        if said == SAFE and ledger.count(SAFE) >= wanted:
            with pulling:
                if not is_lost.is_set():
                    machine.pull_plug(box.droplet)
                    is_lost.set()

    with authors.writing(box, bed.sessions, ledger, label=f"round-{number}", told=told) as state:
        is_told = is_lost.wait(_PATIENCE)
    if not is_told:
        raise DropletError(f"No {enough} saves were safe within {_PATIENCE:.0f} s: {state.failures[-1:]}")


def _line(number: int, rounds: int, ledger: Ledger, seen: _Seen, is_bare: bool) -> str:
    way = "from bare by restore.yml" if is_bare else "on a copy of the spare"
    seconds = (seen.bare_seconds if is_bare else seen.seconds)[-1]
    return (
        f"  lost-box {number}/{rounds}: restored {way} in {seconds:.1f} s; written so far: "
        f"{ledger.count(SAFE)} safe, {ledger.count(PENDING)} pending, {ledger.count(UNANSWERED)} unanswered; "
        f"lost: {len(seen.lost)}"
    )


def _outcome(rounds: int, ledger: Ledger, seen: _Seen) -> Outcome:
    safe = ledger.count(SAFE)
    figures = [
        Figure(f"posts answered safe and then lost, of {safe:,}", len(seen.lost), most=0),
        Figure("safe posts that readers of the next box did not find", len(seen.unread), most=0),
        Figure("posts answered safe", safe, least=_SAFE_A_ROUND * rounds),
        Figure("longest restore on a copy of the spare, boot included", max(seen.seconds), "s"),
    ]
    if seen.bare_seconds:
        figures.append(
            Figure(f"longest of {len(seen.bare_seconds)} restores from bare", max(seen.bare_seconds), "s")
        )
    kept = {
        "lost": sorted(seen.lost),
        "pending": ledger.count(PENDING),
        "unanswered": ledger.count(UNANSWERED),
        "restore seconds": seen.seconds,
        "bare restore seconds": seen.bare_seconds,
    }
    return Outcome(rounds, figures, kept, [_NOT_PROVEN])

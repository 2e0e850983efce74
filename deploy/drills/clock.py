"""Boxes with a clock a day behind, a day ahead, and right again: is anything lost, or deleted wrongly?"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.drills import authors, holdings, retention, spare, stays, wrong_clock
from deploy.drills.ledger import SAFE, Post
from deploy.drills.outcome import Outcome
from deploy.drills.spare import Spare
from deploy.drills.stays import Seen
from deploy.droplet import box as boxes
from deploy.droplet import machine, playbook
from deploy.droplet.box import Box
from deploy.droplet.progress import say
from deploy.figures import first_page

_STAYS = (-1, 0, 1, 0)
_NAMES = {-1: "a day behind", 0: "right", 1: "a day ahead"}
_SAFE_A_STAY = 20
_PAUSE = 0.1
_LINES = ("canary", "replication", "one writer", "bucket", "backups", "newest backup")
_NOT_PROVEN = (
    "`clock` gives another date to what asks libc for it: web, worker, commands, the scripts of the backup. "
    "Litestream, Caddy and rclone are Go programs, which ask the kernel: theirs was right. A store that "
    "refuses a wrong clock (RequestTimeTooSkewed of S3) looks as the wrong key does in `bucket`. Replicas "
    "were minutes old: what a clock does to one that is nearly 30 days old was not seen."
)


def drill(bed: Spare, rounds: int, *, safe_a_stay: int = _SAFE_A_STAY) -> Outcome:
    """Loses four boxes a round, each restored under its own clock from what the one before left.

    On each, authors write, a set is made on a full shelf, and old replicas are deleted.
    """
    seen = Seen()
    with _restored(bed, 0) as box:
        retention.make_set(box)
        retention.fill(box)
        seen.shelves.see(retention.listed(box))
        seen.written_on_before = retention.written_on(box)
        _write(box, bed, seen, "clock-0", safe_a_stay)
    newest, before = seen.ledger.told(SAFE), 0
    for number in range(1, rounds + 1):
        for stay, days in enumerate(_STAYS, start=1):
            with _restored(bed, days) as box:
                _ask(box, seen, newest, is_due=before <= days)
                known = len(seen.ledger.told(SAFE))
                _write(box, bed, seen, f"clock-{number}-{stay}", safe_a_stay)
                _retain(box, seen, days)
                if not days:
                    _examine(box, seen)
            newest, before = seen.ledger.told(SAFE)[known:], days
            say(f"  clock {number}/{rounds}: {_NAMES[days]}; {stays.words(seen)}")
    seen.lost |= set(seen.ledger.lost(spare.posts_of_the_next(bed), SAFE))
    number = rounds * len(_STAYS)
    figures = stays.figures(seen, number, (number + 1) * safe_a_stay)
    return Outcome(rounds, figures, stays.kept(seen), [_NOT_PROVEN, stays.note(seen)])


@contextmanager
def _restored(bed: Spare, days: int) -> Iterator[Box]:
    """A box whose clock is off by so many days from its restore on, and which is lost at the end."""
    box = spare.copy(bed)
    try:
        if days:
            wrong_clock.give(box, days)
        spare.restore(box)
        yield box
        machine.pull_plug(box.droplet)
    finally:
        boxes.discard(box)


def _ask(box: Box, seen: Seen, newest: list[Post], *, is_due: bool) -> None:
    seen.lost |= set(seen.ledger.lost(holdings.posts(box), SAFE))
    with box.client() as reader:
        for post in newest:
            blog = f"https://{post.blog}.{playbook.MAIN_HOST}:{box.https_port}"
            if post is newest[0]:
                first_page.await_page(box, f"{blog}/")
            if post.title not in reader.get(f"{blog}/{post.slug}/").text:
                seen.unread[is_due].append(post.title)
    seen.asked[is_due] += len(newest)


def _write(box: Box, bed: Spare, seen: Seen, label: str, enough: int) -> None:
    with authors.writing(
        box, bed.sessions, seen.ledger, label=label, pause=_PAUSE, persistent=True
    ) as writing:
        authors.await_safe(writing, enough)
    seen.failures += writing.failures


def _retain(box: Box, seen: Seen, days: int) -> None:
    """Lets go of old sets and replicas. Raises DropletError where some program's clock was another one."""
    retention.make_set(box)
    new = seen.shelves.see(retention.listed(box))
    made = {f"backup, {name}": retention.moment(name) for name in new}
    wrong_clock.check({**holdings.moments(box), **made, "command": wrong_clock.of_commands(box)}, days)
    replicas = retention.replicas(box)
    box.ssh("bearblog replicas delete --older --yes")
    seen.replicas_deleted |= {*replicas} - {*retention.replicas(box)}


def _examine(box: Box, seen: Seen) -> None:
    """What the commands say of all this on a box with the right clock."""
    seen.said_to_go_on |= retention.written_on(box) - seen.written_on_before
    found = json.loads(box.ssh("bearblog doctor --json || :"))
    lines = [finding for finding in found if finding["name"] in _LINES]
    seen.doctor += [f"{line['name']}: {line['sentence']}" for line in lines]
    seen.complaints += [f"{line['name']}: {line['sentence']}" for line in lines if line["grade"] == "fail"]

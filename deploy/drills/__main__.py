"""Breaks real local boxes, drill after drill, and prints what was promised beside what was seen."""

import argparse
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from deploy.bench import machine
from deploy.drills import (
    bad_bucket,
    certificates,
    clock,
    full_disk,
    killing,
    large_box,
    letters,
    lost_box,
    migrating,
    records,
    releasing,
    soak,
    spare,
)
from deploy.drills.outcome import Outcome, table
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import ground
from deploy.droplet.progress import say, step


@dataclass(frozen=True)
class Drill:
    """A drill, and how many rounds of it make a whole run."""

    run: Callable[[Spare, int], Outcome]
    rounds: int


_DRILLS: Mapping[str, Drill] = {
    "lost-box": Drill(lost_box.drill, 100),
    "large-box": Drill(large_box.drill, 1),
    "kill": Drill(killing.drill, 100),
    "bucket": Drill(bad_bucket.drill, 1),
    "disk-full": Drill(full_disk.drill, 3),
    "mail": Drill(letters.drill, 20),
    "migration-crash": Drill(migrating.drill, 10),
    "release": Drill(releasing.drill, 10),
    "certificates": Drill(certificates.drill, 3),
    "clock": Drill(clock.drill, 1),
    "soak": Drill(soak.drill, 30),
}


def main(arguments: Sequence[str]) -> int:
    """Runs the drills, prints the table, keeps what ran whole in drills/; 1 where a promise was missed."""
    parser = argparse.ArgumentParser(prog="deploy.drills", description=__doc__)
    parser.add_argument("--only", metavar="DRILL,DRILL", help=f"some of: {', '.join(_DRILLS)}")
    parser.add_argument("--rounds", metavar="N", type=int, help="so many rounds of each, for a quick look")
    parser.add_argument("--minutes", metavar="N", type=int, help="so many rounds of soak; one takes a minute")
    parser.add_argument("--kept", action="store_true", help="run none; print what each showed the last time")
    options = parser.parse_args(arguments)
    if options.kept:
        say(table(records.kept(_DRILLS)))
        return 0
    wanted = options.only.split(",") if options.only else list(_DRILLS)
    if unknown := set(wanted) - {*_DRILLS}:
        parser.error(f"there is no drill {', '.join(sorted(unknown))}")
    if any(count is not None and count < 1 for count in (options.rounds, options.minutes)):
        parser.error("--rounds and --minutes must be 1 or more")
    minutes = {"soak": options.minutes} if options.minutes else {}
    outcomes = {}
    with _spare() as bed:
        for name in wanted:
            drill = _DRILLS[name]
            rounds = minutes.get(name) or options.rounds or drill.rounds
            outcomes[name] = drill.run(bed, rounds)
            if rounds >= drill.rounds:
                records.keep(name, outcomes[name])
            say(f"  {name}: {'every promise was kept' if outcomes[name].is_met else 'a promise was MISSED'}")
    say(f"\n{machine.sentence()}\n\n{table(outcomes)}")
    for note in (note for outcome in outcomes.values() for note in outcome.notes):
        say(f"\n{note}")
    return 0 if all(outcome.is_met for outcome in outcomes.values()) else 1


@contextmanager
def _spare() -> Iterator[Spare]:
    ground.prepare()
    box = boxes.make_bare(f"drills-{secrets.token_hex(4)}")
    try:
        with step("Provisioning a box, of which the drills take copies"):
            box.play("site.yml")
            made = spare.make(box)
        yield made
    finally:
        boxes.remove(box)
        ground.clear_unless_used(keep_image=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What boxes with a wrong clock and those after them have shown, in words, and beside what was promised."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from deploy.bench.figures import Figure
from deploy.drills.ledger import SAFE, Ledger
from deploy.drills.retention import Shelves


@dataclass
class Seen:
    """What the stays so far have shown."""

    ledger: Ledger = field(default_factory=Ledger)
    shelves: Shelves = field(default_factory=Shelves)
    lost: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)
    # Posts of the box before, by whether their date had come on the box on which readers asked for them.
    asked: Counter[bool] = field(default_factory=Counter)
    unread: dict[bool, list[str]] = field(default_factory=lambda: {True: [], False: []})
    replicas_deleted: set[str] = field(default_factory=set)
    written_on_before: set[str] = field(default_factory=set)
    # Each box had ended when the next one came.
    said_to_go_on: set[str] = field(default_factory=set)
    doctor: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def words(seen: Seen) -> str:
    """What came of it so far, in a line."""
    return (
        f"{seen.ledger.count(SAFE):,} posts safe, {len(seen.lost)} lost; {len(seen.shelves.went)} sets "
        f"and {len(seen.replicas_deleted)} replicas were deleted; readers missed {len(seen.unread[True])}, "
        f"and {len(seen.unread[False])} whose date has not come"
    )


def figures(seen: Seen, stays: int, least: int) -> Sequence[Figure]:
    """What was promised, and seen, of so many boxes; `least` is how many posts were to be safe."""
    safe, gone = seen.ledger.count(SAFE), len(seen.shelves.went)
    return [
        Figure(f"posts answered safe and then lost, of {safe:,}", len(seen.lost), most=0),
        Figure("posts answered safe", safe, least=least),
        Figure("saves that failed", len(seen.failures), most=0),
        Figure(
            f"posts that readers of the next box did not find, of {seen.asked[True]:,}",
            len(seen.unread[True]),
            most=0,
        ),
        Figure(
            f"posts dated ahead of the next box, not found there, of {seen.asked[False]:,}",
            len(seen.unread[False]),
        ),
        Figure("backup sets that had had their time, and went", gone, least=stays),
        Figure("backup sets deleted before their time", len(seen.shelves.went_wrongly), most=0),
        Figure("replicas deleted before their time", len(seen.replicas_deleted), most=0),
        Figure(
            "replicas said to have been written on by a box that had ended", len(seen.said_to_go_on), most=0
        ),
        Figure(
            f"lines of the doctor that failed under the right clock, of {len(seen.doctor)}",
            len(seen.complaints),
            most=0,
        ),
    ]


def note(seen: Seen) -> str:
    """What became of posts and sets that bear a date ahead of the boxes that came after."""
    hidden, asked, daily = len(seen.unread[False]), seen.asked[False], seen.shelves.daily
    return (
        f"`clock`: a post bears the date of its box. Of {asked:,} posts that were dated ahead of the next "
        f"box, {hidden:,} were hidden from its readers, as scheduled posts are until their date. The set "
        f"made last was {daily[-1]}, and `latest`, which goes by the stamps, would have been {max(daily)}."
    )


def kept(seen: Seen) -> dict[str, object]:
    """What is kept beside the figures."""
    return {
        "lost": sorted(seen.lost),
        "failures": seen.failures[:20],
        "unread": seen.unread[True],
        "hidden": seen.unread[False],
        "sets": seen.shelves.here,
        "sets deleted": seen.shelves.went,
        "said to have been written on": sorted(seen.said_to_go_on),
        "doctor": seen.doctor,
    }

"""What is under way, and what came of what was before."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from deploy.releases.places import Places

MOST_KEPT = 400


@dataclass(frozen=True)
class Underway:
    """A release that has begun and not ended: who lets which follow which, since when, how far it is."""

    version: str
    before: str
    by: str
    since: str
    step: str = ""

    def describe(self) -> str:
        """In words, for whoever comes second."""
        return f"{self.by} lets {self.version} follow {self.before} since {self.since} (step: {self.step})"


@dataclass(frozen=True)
class Record:
    """What came of one: `serves`, or `returned` to the release before, at which step and why."""

    version: str
    before: str
    by: str
    at: str
    outcome: str
    step: str = ""
    reason: str = ""
    # The last moment, and the last transaction, before this release's migrations.
    moment: str = ""
    point: str = ""


def now() -> str:
    """This moment, RFC 3339, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_underway(places: Places) -> Underway | None:
    """What is under way, None where nothing is."""
    try:
        return Underway(**json.loads(places.underway.read_text()))
    except FileNotFoundError:
        return None


def write_underway(places: Places, underway: Underway, step: str) -> Underway:
    """Notes how far it is, so that whoever comes after a crash knows; returns what is noted."""
    noted = replace(underway, step=step)
    _write(places.underway, json.dumps(asdict(noted)))
    return noted


def end(places: Places, record: Record) -> None:
    """Adds what came of it to the history, and notes that nothing is under way."""
    lines = places.history.read_text().splitlines() if places.history.exists() else []
    _write(places.history, "\n".join([*lines[1 - MOST_KEPT :], json.dumps(asdict(record))]) + "\n")
    places.underway.unlink(missing_ok=True)


def history(places: Places) -> list[Record]:
    """What came of each release, oldest first."""
    if not places.history.exists():
        return []
    return [Record(**json.loads(line)) for line in places.history.read_text().splitlines()]


def served_before(places: Places) -> list[str]:
    """The versions that have served before the one that serves, newest first, each once."""
    serving = places.serving()
    past = [
        name
        for record in history(places)
        if record.outcome == "serves"
        for name in (record.before, record.version)
    ]
    return [name for name in dict.fromkeys(reversed(past)) if name and name != serving]


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(file)

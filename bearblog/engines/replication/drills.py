"""The record of rehearsals: a line of JSON for each, the newest last."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bearblog.engines.replication import files
from bearblog.engines.replication.current import parse_moment
from bearblog.engines.replication.errors import ReplicationError

FILE_NAME = "drills.jsonl"
MOST_KEPT = 400


class Source(StrEnum):
    """What a rehearsal brings back."""

    REPLICA = "replica"
    SNAPSHOT = "snapshot"


class Verdict(StrEnum):
    """What a rehearsal came to."""

    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True)
class Drill:
    """One rehearsal. The moment is that of the newest canary in what came back: it is at least so new."""

    date: datetime
    source: Source
    moment: datetime | None
    seconds: int
    rows: int | None
    pages: int | None
    verdict: Verdict
    reason: str


def append(file: Path, drill: Drill) -> None:
    """Notes one rehearsal, and lets go of the oldest. Raises ReplicationError when the disk refuses."""
    line = json.dumps(asdict(drill), default=datetime.isoformat)
    try:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        files.write_whole(file, "".join(f"{kept}\n" for kept in [*lines, line][-MOST_KEPT:]))
    except (OSError, UnicodeDecodeError) as error:
        raise ReplicationError(f"{file} could not be written ({error}).") from error


def read(file: Path) -> list[Drill]:
    """Every rehearsal on record, the newest last. Raises ReplicationError for a damaged file."""
    try:
        return [_parse(line) for line in file.read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReplicationError(
            f"{file} is damaged or unreadable ({error}). Move it away; the next rehearsal begins a new one."
        ) from error


def _parse(line: str) -> Drill:
    data = json.loads(line)
    return Drill(
        date=parse_moment(data["date"]),
        source=Source(data["source"]),
        moment=parse_moment(data["moment"]) if data["moment"] else None,
        seconds=int(data["seconds"]),
        rows=data["rows"],
        pages=data["pages"],
        verdict=Verdict(data["verdict"]),
        reason=str(data["reason"]),
    )

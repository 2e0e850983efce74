"""Fetches the newest replica as a restore would, beside the living database and without touching a claim."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bearblog.engines.replication import current, fetching, placing, source
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.fetching import Report


@dataclass(frozen=True)
class Fetched:
    """What came back, and from where."""

    prefix: str
    txid: str
    rows: dict[str, int]


def fetch_newest(
    bucket: Bucket, target: Path, *, now: datetime, report: Report, most_bytes: int, seconds: float = 3600
) -> Fetched:
    """Writes the newest state into the file and examines it whole: integrity, foreign keys, row counts.

    Raises ReplicationError for a replica that is damaged or larger than allowed; nothing is left then.
    """
    chosen = source.choose(bucket, current.read_claimed(bucket).history, None, now)

    def report_within(line: str) -> None:
        if placing.megabytes(target) * 1e6 > most_bytes:
            raise ReplicationError(
                f"The replica is larger than the {most_bytes >> 20} MiB that a rehearsal may take."
            )
        report(line)

    try:
        txid = fetching.fetch(bucket, chosen, target, report=report_within, seconds=seconds)
        report(f"Checking {placing.megabytes(target):.0f} MB.")
        return Fetched(chosen.prefix, txid, placing.examine(target))
    except BaseException:
        placing.remove_fetched(target)
        raise

"""Fetches one state of a replica into a file through `litestream restore`, and tells how it goes."""

import json
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from bearblog.engines.replication import placing, programs
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import Damaged, ReplicationError
from bearblog.engines.replication.source import Source

_OUT_OF_RANGE = "timestamp does not exist"

Report = Callable[[str], None]


def fetch(bucket: Bucket, chosen: Source, target: Path, *, report: Report, seconds: float) -> str:
    """Writes the chosen state into the file, checked by Litestream; returns its transaction id.

    Raises Damaged, Unreachable, TimedOut, or another ReplicationError.
    """
    try:
        return _restore(bucket, chosen, target, report, seconds)
    except ReplicationError as error:
        # Litestream knows no moment after its last file, and listings know moments only to the second.
        if chosen.moment is None or not chosen.is_newest or _OUT_OF_RANGE not in str(error):
            raise
        return _restore(bucket, Source(chosen.prefix, None), target, report, seconds)


def _restore(bucket: Bucket, chosen: Source, target: Path, report: Report, seconds: float) -> str:
    command = [bucket.litestream_binary, "restore", "-json", "-integrity-check", "full", "-o", str(target)]
    if chosen.moment is not None:
        command += ["-timestamp", chosen.moment.astimezone(UTC).isoformat().replace("+00:00", "Z")]
    command.append(bucket.replica(chosen.prefix))
    done = programs.watch(
        command,
        lambda gone: report(f"{gone:.0f} s: {placing.megabytes(target):.0f} MB of the database fetched."),
        name="The restore",
        seconds=seconds,
    )
    if done.code != 0:
        raise programs.known_error(done.errors) or Damaged(
            f"The replica {chosen.prefix} is damaged or not whole: {programs.last_words(done.errors)}."
        )
    try:
        return str(json.loads(done.output)["txid"])
    except (ValueError, KeyError, TypeError) as error:
        raise ReplicationError(f"Litestream's answer cannot be read ({error}).") from error

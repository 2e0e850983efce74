"""Fetches one state of a replica into a file through `litestream restore`, and tells how it goes."""

import json
import subprocess
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from bearblog.engines.replication import placing, programs
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import Damaged, ReplicationError, TimedOut
from bearblog.engines.replication.source import Source

_PROGRESS_SECONDS = 2.0
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
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=programs.environment()
        )
    except OSError as error:
        raise programs.cannot_start(command[0], error) from error
    with process:
        try:
            output, complaint = _watch(process, target, report, seconds)
        finally:
            process.kill()
    if process.returncode != 0:
        raise programs.known_error(complaint) or Damaged(
            f"The replica {chosen.prefix} is damaged or not whole: {programs.last_words(complaint)}."
        )
    try:
        return str(json.loads(output)["txid"])
    except (ValueError, KeyError, TypeError) as error:
        raise ReplicationError(f"Litestream's answer cannot be read ({error}).") from error


def _watch(process: subprocess.Popen[str], target: Path, report: Report, seconds: float) -> tuple[str, str]:
    started = time.monotonic()
    while True:
        try:
            return process.communicate(timeout=min(_PROGRESS_SECONDS, seconds))
        except subprocess.TimeoutExpired:
            gone = time.monotonic() - started
            if gone > seconds:
                raise TimedOut(f"The restore did not end within {seconds:.0f} seconds.") from None
            report(f"{gone:.0f} s: {placing.megabytes(target):.0f} MB of the database fetched.")

"""What doctor and the commands ask of Litestream: its version, its own figures, the size of the WAL."""

import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bearblog.engines.replication import programs
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError, Unreachable

# The first release whose own SQLite is free of the WAL-reset bug.
OLDEST_SAFE_VERSION = (0, 5, 17)
_SECONDS = 5.0
_LINE = re.compile(
    r"^litestream_(?P<name>\w+)(?:\{(?P<labels>[^}]*)\})? (?P<value>[0-9.e+-]+)$", re.MULTILINE
)


@dataclass(frozen=True)
class Metrics:
    """Litestream's own figures of one database."""

    txid: int
    database_bytes: int
    wal_bytes: int
    sync_errors: int
    upload_errors: int
    verify_errors: int
    disk_is_full: bool


def litestream_version(bucket: Bucket) -> tuple[int, ...]:
    """The version of the Litestream binary. Raises ReplicationError when it does not say one."""
    done = programs.run([bucket.litestream_binary, "version"], seconds=_SECONDS)
    text = done.output.decode(errors="replace").strip().removeprefix("v")
    if done.code != 0 or not re.fullmatch(r"\d+(\.\d+)+", text):
        raise ReplicationError(f"{bucket.litestream_binary} does not say its version.")
    return tuple(int(part) for part in text.split("."))


def wal_bytes(database: Path) -> int:
    """The size of the write-ahead log; it grows while Litestream stands still."""
    wal = database.with_name(f"{database.name}-wal")
    return wal.stat().st_size if wal.exists() else 0


def metrics(port: int) -> Metrics:
    """Litestream's figures, asked on the loopback address. Raises Unreachable."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=_SECONDS) as response:
            return parse_metrics(response.read(1_000_000).decode(errors="replace"))
    except (OSError, urllib.error.URLError) as error:
        raise Unreachable(
            f"Litestream's figures cannot be had ({error}). Is litestream.service running?"
        ) from error


def parse_metrics(text: str) -> Metrics:
    """The figures in Litestream's Prometheus text; what it does not tell counts as nothing."""
    sums: dict[str, float] = {}
    for line in _LINE.finditer(text):
        sums[line["name"]] = sums.get(line["name"], 0.0) + float(line["value"])
    return Metrics(
        txid=int(sums.get("txid", 0)),
        database_bytes=int(sums.get("db_size", 0)),
        wal_bytes=int(sums.get("wal_size", 0)),
        sync_errors=int(sums.get("sync_error_count", 0)),
        upload_errors=int(sums.get("replica_operation_errors_total", 0)),
        verify_errors=int(sums.get("compaction_verify_error_count", 0)),
        disk_is_full=sums.get("disk_full", 0) > 0,
    )

"""Litestream's version and figures."""

from pathlib import Path

import pytest

from bearblog.engines.replication import status
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError, Unreachable
from tests.replicas import ReplicatedBox

FIGURES = """
# HELP litestream_disk_full Whether the disk is full.
litestream_db_size{db="/var/lib/bearblog/bearblog.sqlite3"} 8192
litestream_wal_size{db="/var/lib/bearblog/bearblog.sqlite3"} 37112
litestream_txid{db="/var/lib/bearblog/bearblog.sqlite3"} 12
litestream_disk_full{db="/var/lib/bearblog/bearblog.sqlite3"} 1
litestream_replica_operation_errors_total{operation="PUT",replica_type="s3"} 2
litestream_replica_operation_errors_total{operation="GET",replica_type="s3"} 1
"""


def test_the_installed_litestream_is_safe(folder_bucket: Bucket) -> None:
    assert status.litestream_version(folder_bucket) >= status.OLDEST_SAFE_VERSION


def test_a_program_without_a_version_is_refused() -> None:
    with pytest.raises(ReplicationError, match="does not say its version"):
        status.litestream_version(Bucket("rclone", "", "/bin/true", ""))
    with pytest.raises(ReplicationError, match="could not be started"):
        status.litestream_version(Bucket("rclone", "", "/nowhere/litestream", ""))


def test_the_figures_are_read() -> None:
    found = status.parse_metrics(FIGURES)
    assert (found.txid, found.wal_bytes, found.upload_errors, found.disk_is_full) == (12, 37112, 3, True)


def test_nobody_at_the_port_is_told() -> None:
    with pytest.raises(Unreachable):
        status.metrics(9)


def test_the_wal_is_measured(folder_box: ReplicatedBox, tmp_path: Path) -> None:
    folder_box.write("one")
    assert status.wal_bytes(folder_box.database) > 0
    assert status.wal_bytes(tmp_path / "none.sqlite3") == 0

"""The newest replica comes back beside the living database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bearblog.engines.replication import current
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.rehearsal import Fetched, fetch_newest
from tests.replicas import ReplicatedBox, with_stuck_restore


def fetch(bucket: Bucket, target: Path) -> Fetched:
    return fetch_newest(
        bucket, target, now=datetime.now(UTC), report=lambda line: None, most_bytes=1_000_000, seconds=60
    )


def test_it_comes_back_and_nothing_else_changes(folder_box: ReplicatedBox, tmp_path: Path) -> None:
    folder_box.write("one", "two")
    before = folder_box.bucket.read(current.OBJECT)
    fetched = fetch(folder_box.bucket, tmp_path / "fetched")
    assert (fetched.prefix, fetched.rows) == (folder_box.prefix, {"post": 2})
    assert (tmp_path / "fetched").exists()
    assert folder_box.bucket.read(current.OBJECT) == before
    folder_box.write("three")


def test_a_replica_that_outgrows_its_space_is_given_up(folder_box: ReplicatedBox, tmp_path: Path) -> None:
    folder_box.write("one")
    (tmp_path / "fetched.tmp").write_bytes(bytes(2_000_000))
    with pytest.raises(ReplicationError, match="larger than the 0 MiB that a rehearsal may take"):
        fetch(with_stuck_restore(folder_box.bucket, tmp_path), tmp_path / "fetched")
    assert not list(tmp_path.glob("fetched*"))


def test_a_bucket_that_nobody_claimed_is_refused(folder_bucket: Bucket, tmp_path: Path) -> None:
    with pytest.raises(ReplicationError, match="no box ever claimed it"):
        fetch(folder_bucket, tmp_path / "fetched")

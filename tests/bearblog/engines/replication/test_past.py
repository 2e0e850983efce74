"""The database of a moment beside the living one: fetched into a file of its own, or refused in words."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bearblog.engines.replication import current
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.past import fetch_media, fetch_past
from tests.replicas import ReplicatedBox, await_true


def fetch(
    bucket: Bucket, file: Path, *, moment: datetime | None = None, expected: int = 0
) -> tuple[str, list[str]]:
    now, said = datetime.now(UTC), list[str]()
    prefix = fetch_past(
        bucket, file, moment=moment or now, now=now, expected=expected, report=said.append, seconds=60
    )
    return prefix, said


def test_a_moment_is_fetched_and_the_living_database_is_left_alone(
    folder_box: ReplicatedBox, tmp_path: Path
) -> None:
    folder_box.write("wanted")
    begun = datetime.now(UTC)
    await_true(lambda: datetime.now(UTC).second != begun.second)
    moment = datetime.now(UTC)
    await_true(lambda: datetime.now(UTC).second != moment.second)
    folder_box.write("a mistake")
    claimed = folder_box.bucket.read(current.OBJECT)
    file = tmp_path / "past.sqlite3"
    prefix, said = fetch(folder_box.bucket, file, moment=moment)
    assert prefix == folder_box.prefix
    assert said[0] == f"Fetching from {prefix}."
    assert file.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(file)) as past:
        assert past.execute("SELECT text FROM post").fetchall() == [("wanted",)]
    assert folder_box.read() == ["wanted", "a mistake"]
    assert folder_box.bucket.read(current.OBJECT) == claimed


@pytest.mark.parametrize(
    ("days", "expected", "sentence"),
    [
        (0, 10**18, "The disk has no room for the past: .* MB are free, and 1,000,000,000,500 MB are needed"),
        (-365, 0, "No replica reaches back to"),
        (365, 0, "lies in the future"),
    ],
)
def test_what_cannot_be_fetched_is_refused_and_leaves_nothing(
    folder_box: ReplicatedBox, tmp_path: Path, days: int, expected: int, sentence: str
) -> None:
    folder_box.write("one")
    file = tmp_path / "past.sqlite3"
    with pytest.raises(ReplicationError, match=sentence):
        fetch(folder_box.bucket, file, moment=datetime.now(UTC) + timedelta(days=days), expected=expected)
    assert list(tmp_path.glob("past*")) == []


def test_a_bucket_that_nobody_claimed_has_no_past(folder_bucket: Bucket, tmp_path: Path) -> None:
    with pytest.raises(ReplicationError, match="no box ever claimed it"):
        fetch(folder_bucket, tmp_path / "past.sqlite3")


def test_a_media_file_is_fetched_or_known_to_be_gone(bucket: Bucket, tmp_path: Path) -> None:
    bucket.write("media/ab/abc.pdf", b"a file")
    assert fetch_media(bucket, "abc.pdf", tmp_path / "abc.pdf")
    assert (tmp_path / "abc.pdf").read_bytes() == b"a file"
    assert not fetch_media(bucket, "abd.pdf", tmp_path / "abd.pdf")
    assert not (tmp_path / "abd.pdf").exists()

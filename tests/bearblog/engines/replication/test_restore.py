"""A lost box comes back: real Litestream, real bucket, real loss."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bearblog.engines.replication import claiming, current, installation, prefixes
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.claiming import Standing
from bearblog.engines.replication.errors import ReplicationError, TimedOut
from deploy.stage.seaweed import Seaweed
from tests.replicas import ReplicatedBox, await_true, make_bucket, with_stuck_restore


@dataclass(frozen=True)
class History:
    """A lost box that wrote one thing, and later another."""

    box: ReplicatedBox
    wanted: datetime
    end: datetime


@pytest.fixture(scope="module")
def lived(
    seaweed: Seaweed, shared_bucket: str, bucket_credentials: Path, tmp_path_factory: pytest.TempPathFactory
) -> History:
    """The one history that several tests restore from; the waiting for its seconds is done once."""
    folder = tmp_path_factory.mktemp("lived")
    box = ReplicatedBox(make_bucket(seaweed, f"{shared_bucket}/lived", folder), folder / "first")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(bucket_credentials))
        try:
            box.install()
            box.write("wanted")
            wanted = await_next_second()
            await_next_second()
            box.write("a mistake")
        finally:
            box.stop()
    return History(box, wanted, await_next_second())


@pytest.fixture
def history(lived: History, bucket_access: None) -> Iterator[History]:
    """That history, in a bucket which names its box again when the test has restored another."""
    before = lived.box.bucket.read(current.OBJECT) or b""
    yield lived
    lived.box.bucket.write(current.OBJECT, before)


@pytest.fixture
def other(bucket: Bucket, tmp_path: Path) -> ReplicatedBox:
    """A bare box beside the first."""
    return ReplicatedBox(bucket, tmp_path / "second")


def files_of(box: ReplicatedBox) -> list[str]:
    return sorted(file.name for file in box.folder.iterdir())


def await_next_second() -> datetime:
    """A moment that lies, for a bucket which counts in seconds, after all that was written."""
    begun = datetime.now(UTC)
    await_true(lambda: datetime.now(UTC).second != begun.second)
    return datetime.now(UTC)


def newest_ltx(bucket: Bucket, prefix: str) -> str:
    return f"{prefix}/0000/{bucket.entries(f'{prefix}/0000')[-1].name}"


def test_a_lost_box_comes_back_on_another_prefix(box: ReplicatedBox, other: ReplicatedBox) -> None:
    box.write("one", "two")
    box.write("three")
    box.stop()
    restored = other.restore()
    assert other.read() == ["one", "two", "three"]
    assert restored.rows == {"post": 3}
    assert list(restored.parts) == ["fetched", "checked", "looked at"]
    assert 0 < sum(restored.parts.values()) <= restored.seconds
    assert restored.source == box.prefix != other.prefix == restored.prefix
    assert other.database.stat().st_mode & 0o777 == 0o660
    first, second = (installation.read(each.installation_file) for each in (box, other))
    assert first is not None
    assert second is not None
    assert claiming.check(box.bucket, first).standing is Standing.SUPERSEDED
    assert claiming.check(box.bucket, second).standing is Standing.NAMED


def test_a_restored_box_replicates_and_can_be_restored_again(
    box: ReplicatedBox, other: ReplicatedBox, tmp_path: Path
) -> None:
    box.write("one")
    box.stop()
    other.restore()
    other.start()
    try:
        other.write("two")
    finally:
        other.stop()
    third = ReplicatedBox(box.bucket, tmp_path / "third")
    assert third.restore().source == other.prefix
    assert third.read() == ["one", "two"]


def test_a_moment_in_the_past_comes_back(history: History, tmp_path: Path) -> None:
    other = ReplicatedBox(history.box.bucket, tmp_path / "second")
    assert other.restore(moment=history.wanted).moment == history.wanted
    assert other.read() == ["wanted"]


def test_a_moment_after_the_last_change_is_its_newest_state(history: History, tmp_path: Path) -> None:
    other = ReplicatedBox(history.box.bucket, tmp_path / "second")
    other.restore(moment=history.end)
    assert other.read() == ["wanted", "a mistake"]


def test_a_moment_before_a_restore_is_read_from_the_prefix_that_covers_it(
    history: History, tmp_path: Path
) -> None:
    other = ReplicatedBox(history.box.bucket, tmp_path / "second")
    other.restore()
    other.start()
    try:
        other.write("later")
    finally:
        other.stop()
    third = ReplicatedBox(history.box.bucket, tmp_path / "third")
    assert third.restore(moment=history.wanted).source == history.box.prefix
    assert third.read() == ["wanted"]


@pytest.mark.parametrize("days", [-1, 1])
def test_a_box_with_a_wrong_clock_claims_after_all_that_was_written_and_leaves_the_past_in_reach(
    history: History, tmp_path: Path, days: int
) -> None:
    off = datetime.now(UTC) + timedelta(days=days)
    second, third, fourth = (ReplicatedBox(history.box.bucket, tmp_path / name) for name in "abc")
    second.restore(now=off)
    second.start()
    try:
        second.write("later")
    finally:
        second.stop()
    third.restore()
    claims = current.read_claimed(history.box.bucket).history[-3:]
    assert [claim.prefix for claim in claims] == [history.box.prefix, second.prefix, third.prefix]
    assert claims == tuple(sorted(claims, key=lambda claim: claim.prefix))
    assert len({claim.since for claim in claims}) == 3
    looked = prefixes.look(second.bucket, current.read(second.bucket), history.box.prefix)
    assert not looked.went_on
    assert fourth.restore(moment=history.wanted).source == history.box.prefix


@pytest.mark.parametrize(
    ("days", "sentence"), [(-365, "No replica reaches back to .*holds"), (365, "lies in the future")]
)
def test_a_moment_that_nothing_covers_is_refused(
    box: ReplicatedBox, other: ReplicatedBox, days: int, sentence: str
) -> None:
    box.write("one")
    with pytest.raises(ReplicationError, match=sentence):
        other.restore(moment=datetime.now(UTC) + timedelta(days=days))
    assert files_of(other) == []


def test_a_prefix_without_data_is_passed_over(
    box: ReplicatedBox, other: ReplicatedBox, tmp_path: Path
) -> None:
    box.write("one")
    box.stop()
    other.restore()
    third = ReplicatedBox(box.bucket, tmp_path / "third")
    assert third.restore().source == box.prefix
    assert third.read() == ["one"]


def test_an_empty_bucket_says_what_it_holds(bucket: Bucket, other: ReplicatedBox) -> None:
    bucket.write("releases/one", b"")
    with pytest.raises(ReplicationError, match="no object `current`.*Besides releases, it is empty"):
        other.restore()
    bucket.write("something/else", b"")
    with pytest.raises(ReplicationError, match="It holds: something/"):
        other.restore()
    assert files_of(other) == []


def test_a_claimed_bucket_without_data_is_refused(
    bucket: Bucket, other: ReplicatedBox, tmp_path: Path
) -> None:
    claiming.claim(bucket, tmp_path / "first.json", site="https://first.example/", now=datetime.now(UTC))
    before = bucket.read(current.OBJECT)
    with pytest.raises(ReplicationError, match="no data to restore"):
        other.restore()
    assert bucket.read(current.OBJECT) == before


@pytest.mark.parametrize("kept", [0.0, 0.6])
def test_a_damaged_replica_leaves_the_box_and_the_bucket_as_they_were(
    box: ReplicatedBox, other: ReplicatedBox, kept: float
) -> None:
    box.write(*("word " * 200 for _ in range(50)))
    box.stop()
    name = newest_ltx(box.bucket, box.prefix)
    whole = box.bucket.read(name) or b""
    box.bucket.write(name, whole[: int(len(whole) * kept)])
    before = box.bucket.read(current.OBJECT)
    with pytest.raises(ReplicationError, match="is damaged or not whole"):
        other.restore()
    assert box.bucket.read(current.OBJECT) == before
    assert files_of(other) == []


def test_a_restore_that_hangs_is_given_up_and_undone(
    box: ReplicatedBox, other: ReplicatedBox, tmp_path: Path
) -> None:
    box.write("one")
    before = box.bucket.read(current.OBJECT)
    other.bucket = with_stuck_restore(box.bucket, tmp_path)
    with pytest.raises(TimedOut, match="did not end within 1 seconds"):
        other.restore(seconds=1)
    assert box.bucket.read(current.OBJECT) == before
    assert files_of(other) == []


def test_a_database_is_not_restored_over_unasked(box: ReplicatedBox) -> None:
    box.write("one")
    box.stop()
    with pytest.raises(ReplicationError, match="needs --replace"):
        box.restore()
    assert box.read() == ["one"]


def test_a_database_that_is_open_is_not_replaced(box: ReplicatedBox) -> None:
    box.write("one")
    before = box.prefix
    with pytest.raises(ReplicationError, match="is open"):
        box.restore(replace=True)
    assert box.prefix == before


def test_a_replaced_database_is_set_aside_whole(history: History, tmp_path: Path) -> None:
    box = ReplicatedBox(history.box.bucket, tmp_path / "copy")
    for file in [history.box.installation_file, *history.box.folder.glob("bearblog.sqlite3*")]:
        shutil.copy(file, box.folder)
    restored = box.restore(moment=history.wanted, replace=True)
    assert box.read() == ["wanted"]
    assert restored.set_aside is not None
    box.database = restored.set_aside
    assert box.read() == ["wanted", "a mistake"]


def test_a_refused_replacement_keeps_the_database(box: ReplicatedBox) -> None:
    box.write("one")
    box.stop()
    name = newest_ltx(box.bucket, box.prefix)
    box.bucket.write(name, b"")
    before = box.bucket.read(current.OBJECT), box.prefix
    with pytest.raises(ReplicationError, match="is damaged or not whole"):
        box.restore(replace=True)
    assert box.read() == ["one"]
    assert (box.bucket.read(current.OBJECT), box.prefix) == before
    assert not [name for name in files_of(box) if "restor" in name]

"""The quick look says what the slow one says, whatever becomes of its address."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bearblog.engines.replication import claiming, current, installation, quick_look
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.claiming import Standing
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.installation import Installation
from bearblog.engines.replication.quick_look import QuickLook
from deploy.stage.bad_line import BadLine
from deploy.stage.seaweed import Seaweed

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture
def own(bucket: Bucket, tmp_path: Path) -> Installation:
    return claim(bucket, tmp_path / "own.json")


@pytest.fixture
def look(bucket: Bucket) -> Iterator[QuickLook]:
    made = QuickLook(bucket)
    yield made
    made.close()


@pytest.fixture
def line(seaweed: Seaweed) -> Iterator[BadLine]:
    made = BadLine(seaweed.port)
    yield made
    made.close()


def claim(bucket: Bucket, file: Path, *, start_new: bool = False) -> Installation:
    claiming.claim(bucket, file, site="https://a.example/", now=NOW, start_new=start_new)
    found = installation.read(file)
    assert found is not None
    return found


def without_rclone(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on only what rclone gave before can be used."""
    monkeypatch.setattr(Bucket, "read", lambda self, path: pytest.fail("rclone was asked"))


def test_it_needs_no_program_and_sees_a_new_claim_at_once(
    bucket: Bucket, own: Installation, look: QuickLook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look.check(own).standing is Standing.NAMED
    other = claim(bucket, tmp_path / "other.json", start_new=True)
    without_rclone(bucket, monkeypatch)
    seen = look.check(own)
    assert seen.standing is Standing.SUPERSEDED
    assert seen.current is not None and seen.current.living == other.claim


def test_an_address_that_has_expired_is_replaced(
    own: Installation, look: QuickLook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_look, "_LINK_SECONDS", 1)
    assert look.check(own).standing is Standing.NAMED
    monkeypatch.setattr(quick_look, "_RENEW_SECONDS", 0.0)
    for _ in range(3):
        assert look.check(own).standing is Standing.NAMED


def test_no_current_is_absent_and_a_damaged_one_is_said(
    bucket: Bucket, own: Installation, look: QuickLook
) -> None:
    assert look.check(own).standing is Standing.NAMED
    bucket.delete(current.OBJECT)
    assert look.check(own).standing is Standing.ABSENT
    bucket.write(current.OBJECT, b"nonsense")
    with pytest.raises(ReplicationError, match="damaged"):
        look.check(own)


def test_a_bucket_out_of_reach_is_unreachable_and_seen_again_when_back(
    bucket: Bucket, own: Installation, look: QuickLook, line: BadLine, seaweed: Seaweed
) -> None:
    config = Path(bucket.rclone_config)
    config.write_text(config.read_text().replace(f":{seaweed.port}", f":{line.port}"))
    assert look.check(own).standing is Standing.NAMED
    line.cut()
    assert look.check(own).standing is Standing.UNREACHABLE
    line.mend()
    assert look.check(own).standing is Standing.NAMED


def test_a_folder_gives_no_address_and_is_looked_at_by_rclone(folder_bucket: Bucket, tmp_path: Path) -> None:
    own = claim(folder_bucket, tmp_path / "own.json")
    look = QuickLook(folder_bucket)
    assert [look.check(own).standing for _ in range(2)] == [Standing.NAMED] * 2


def test_a_program_that_is_not_there_is_no_word_at_all(bucket: Bucket, own: Installation) -> None:
    with pytest.raises(ReplicationError, match="could not be started"):
        QuickLook(replace(bucket, rclone_binary="/nowhere/rclone")).check(own)

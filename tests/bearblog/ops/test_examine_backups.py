"""The doctor's lines on backup sets, in a folder that stands for a bucket."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from bearblog.engines.replication import drills, installation
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.drills import Drill, Source, Verdict
from bearblog.engines.replication.installation import Installation
from bearblog.engines.vitals.findings import Grade
from bearblog.ops import examine_backups

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, folder_bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A box of three days' age, and its bucket."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "DRILL_DIR", tmp_path)
    for name in ("REPLICA_URL", "RCLONE_CONFIG", "RCLONE_BINARY", "LITESTREAM_BINARY"):
        monkeypatch.setattr(settings, name, getattr(folder_bucket, name.lower()))
    install(tmp_path, age=timedelta(days=3))
    return tmp_path


def install(folder: Path, *, age: timedelta) -> None:
    claim = installation.new_claim(NOW - age)
    installation.write(folder / installation.FILE_NAME, Installation(claim, claimed=True))


def store(bucket: Bucket, *, age: timedelta, size: int = 4, page: str | None = None) -> None:
    place = f"backups/daily/{NOW - age:%Y%m%dT%H%M%SZ}"
    files = {"database.sqlite3.zst": {"sha256": "0", "bytes": size}}
    bucket.write(f"{place}/database.sqlite3.zst", b"four")
    bucket.write(f"{place}/manifest.json", (page or json.dumps({"files": files})).encode())


def record(folder: Path, verdict: Verdict, *, age: timedelta) -> None:
    drill = Drill(NOW - age, Source.SNAPSHOT, None, 7, 9, 2, verdict, "")
    drills.append(folder / drills.FILE_NAME, drill)


def test_a_set_of_this_night_is_well(folder_bucket: Bucket) -> None:
    store(folder_bucket, age=timedelta(hours=50))
    store(folder_bucket, age=timedelta(hours=25))
    finding = examine_backups.backups()
    assert finding.grade is Grade.OK
    assert finding.sentence.startswith(
        f"The newest backup set in the bucket is of {NOW - timedelta(hours=25):%Y-%m-%d}"
    )


def test_an_old_set_is_told_with_its_mending(folder_bucket: Bucket) -> None:
    store(folder_bucket, age=timedelta(hours=27))
    finding = examine_backups.backups()
    assert finding.grade is Grade.FAIL
    assert "/root/deploy/backup.sh" in finding.mend


def test_a_box_of_this_day_needs_no_set_and_an_older_one_does(folder: Path) -> None:
    assert examine_backups.backups().sentence == "There is no backup set in the bucket."
    install(folder, age=timedelta(hours=1))
    assert examine_backups.backups().grade is Grade.OK
    assert examine_backups.newest_set().sentence == "There is none to look at."


def test_without_a_second_bucket_it_is_said_what_that_means() -> None:
    finding = examine_backups.second_bucket()
    assert finding.grade is Grade.WARNING
    assert "second_bucket_name" in finding.mend


def test_a_second_bucket_must_have_a_set_of_the_last_day(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SECOND_BUCKET", "copies")
    assert examine_backups.second_bucket().sentence == "There is no backup set in copies."
    mark = folder / "second-bucket"
    for hours, grade in ((25, Grade.OK), (27, Grade.FAIL)):
        mark.write_text(f"{NOW - timedelta(hours=hours):%Y%m%dT%H%M%SZ}\n")
        assert examine_backups.second_bucket().grade is grade
    mark.unlink()
    install(folder, age=timedelta(hours=1))
    assert examine_backups.second_bucket().grade is Grade.OK


def test_a_whole_set_is_well_and_its_rehearsal_told(folder: Path, folder_bucket: Bucket) -> None:
    store(folder_bucket, age=timedelta(hours=30), size=5)
    store(folder_bucket, age=timedelta(hours=2))
    record(folder, Verdict.PASSED, age=timedelta(hours=20))
    finding = examine_backups.newest_set()
    assert finding.grade is Grade.OK
    assert finding.sentence.startswith("All 1 files of backups/daily/")
    assert finding.sentence.endswith("its rehearsal is still to come.")
    record(folder, Verdict.PASSED, age=timedelta(hours=1))
    assert examine_backups.newest_set().sentence.endswith("its rehearsal passed.")
    record(folder, Verdict.FAILED, age=timedelta(minutes=1))
    assert examine_backups.newest_set().sentence.endswith("its rehearsal failed.")


def test_a_set_without_a_manifest_is_not_whole(folder_bucket: Bucket) -> None:
    folder_bucket.write(f"backups/daily/{NOW:%Y%m%dT%H%M%SZ}/database.sqlite3.zst", b"four")
    finding = examine_backups.newest_set()
    assert finding.grade is Grade.FAIL
    assert "has no manifest" in finding.sentence


@pytest.mark.parametrize("page", ["{", "[]", '{"files": {"x": {}}}', '{"files": {"x": {"bytes": "many"}}}'])
def test_a_damaged_manifest_is_told(folder_bucket: Bucket, page: str) -> None:
    store(folder_bucket, age=timedelta(), page=page)
    finding = examine_backups.newest_set()
    assert finding.grade is Grade.FAIL
    assert "The manifest of backups/daily/" in finding.sentence


@pytest.mark.parametrize("size", [3, 5])
def test_a_file_of_another_size_is_told(folder_bucket: Bucket, size: int) -> None:
    store(folder_bucket, age=timedelta(), size=size)
    assert "lacks database.sqlite3.zst as it was sealed" in examine_backups.newest_set().sentence

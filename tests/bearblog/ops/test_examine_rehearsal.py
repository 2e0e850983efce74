"""The doctor's lines on the canary and on the rehearsals."""

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from bearblog.engines.replication import canary, drills, installation
from bearblog.engines.replication.drills import Drill, Source, Verdict
from bearblog.engines.replication.installation import Installation
from bearblog.engines.replication.models import Canary
from bearblog.engines.vitals.findings import Finding, Grade
from bearblog.ops import examine_rehearsal

pytestmark = pytest.mark.django_db

PASSED = Drill(datetime.now(UTC), Source.REPLICA, datetime.now(UTC), 7, 237, 2, Verdict.PASSED, "")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A box that was installed just now."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "DRILL_DIR", tmp_path)
    install(tmp_path, age=timedelta())
    return tmp_path


def install(folder: Path, *, age: timedelta) -> None:
    claim = installation.new_claim(datetime.now(UTC) - age)
    installation.write(folder / installation.FILE_NAME, Installation(claim, claimed=True))


def record(folder: Path, *recorded: Drill) -> Finding:
    (folder / drills.FILE_NAME).unlink(missing_ok=True)
    for one in recorded:
        drills.append(folder / drills.FILE_NAME, one)
    return examine_rehearsal.drill()


def test_a_new_canary_and_a_small_lag_are_well() -> None:
    canary.write(tables=[], lag=1.04)
    finding = examine_rehearsal.canary()
    assert finding.grade is Grade.OK
    assert "one before it was in the replica after 1.0 s" in finding.sentence
    canary.write(tables=[], lag=None)
    assert "not measured yet" in examine_rehearsal.canary().sentence


def test_a_box_of_this_minute_needs_no_canary_and_an_older_one_does(folder: Path) -> None:
    assert examine_rehearsal.canary().grade is Grade.OK
    install(folder, age=timedelta(minutes=6))
    finding = examine_rehearsal.canary()
    assert finding.describe() == (
        "FAIL     canary: The worker never wrote a canary. -- See that the worker runs: "
        "systemctl status bearblog-worker."
    )


def test_an_old_canary_is_told() -> None:
    canary.write(tables=[], lag=1.0)
    Canary.objects.update(moment=datetime.now(UTC) - timedelta(minutes=6))
    finding = examine_rehearsal.canary()
    assert (finding.grade, finding.sentence) == (Grade.FAIL, "The newest canary is 360 s old.")


def test_a_great_lag_is_told() -> None:
    canary.write(tables=[], lag=61.0)
    finding = examine_rehearsal.canary()
    assert finding.grade is Grade.FAIL
    assert finding.sentence.startswith("What is written needs 61 s or more")
    assert "litestream" in finding.mend


def test_two_rehearsals_that_passed_are_well(folder: Path) -> None:
    finding = record(folder, PASSED, dataclasses.replace(PASSED, source=Source.SNAPSHOT, seconds=9))
    assert finding.grade is Grade.OK
    assert finding.sentence.endswith("replica in 7 s, snapshot in 9 s.")


def test_a_box_of_this_day_needs_no_rehearsal_and_an_older_one_does(folder: Path) -> None:
    assert examine_rehearsal.drill().grade is Grade.OK
    install(folder, age=timedelta(hours=25))
    finding = examine_rehearsal.drill()
    assert (finding.grade, finding.sentence) == (Grade.FAIL, "A restore was never rehearsed.")
    assert "/root/deploy/drill.sh" in finding.mend


def test_the_last_rehearsal_of_each_counts(folder: Path) -> None:
    snapshot = dataclasses.replace(PASSED, source=Source.SNAPSHOT)
    failed = dataclasses.replace(snapshot, verdict=Verdict.FAILED, reason="the set is damaged.")
    finding = record(folder, snapshot, PASSED, failed)
    assert finding.grade is Grade.FAIL
    assert finding.sentence.startswith("The rehearsal of the snapshot failed at ")
    assert finding.sentence.endswith(": the set is damaged.")
    assert record(folder, failed, PASSED, snapshot).grade is Grade.OK


def test_one_that_is_old_or_missing_is_told(folder: Path) -> None:
    old = dataclasses.replace(PASSED, date=datetime.now(UTC) - timedelta(hours=37))
    finding = record(folder, old)
    assert finding.grade is Grade.FAIL
    assert "The replica was last rehearsed at" in finding.sentence
    assert "The snapshot was never rehearsed." in finding.sentence

"""The record of rehearsals."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bearblog.engines.replication import drills
from bearblog.engines.replication.drills import Drill, Source, Verdict
from bearblog.engines.replication.errors import ReplicationError

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PASSED = Drill(NOON, Source.REPLICA, NOON, 7, 237, 2, Verdict.PASSED, "")
FAILED = Drill(NOON, Source.SNAPSHOT, None, 1, None, None, Verdict.FAILED, "the set is damaged")


def test_what_was_appended_is_read(tmp_path: Path) -> None:
    file = tmp_path / "drills.jsonl"
    drills.append(file, PASSED)
    drills.append(file, FAILED)
    assert drills.read(file) == [PASSED, FAILED]
    first, _ = map(json.loads, file.read_text().splitlines())
    assert (first["date"], first["verdict"]) == ("2026-11-21T12:00:00+00:00", "passed")
    assert file.stat().st_mode & 0o777 == 0o644


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drills, "MOST_KEPT", 2)
    for drill in (PASSED, FAILED, FAILED):
        drills.append(tmp_path / "drills.jsonl", drill)
    assert drills.read(tmp_path / "drills.jsonl") == [FAILED, FAILED]


def test_there_may_be_none(tmp_path: Path) -> None:
    assert drills.read(tmp_path / "drills.jsonl") == []


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"date": "yesterday"}'])
def test_a_damaged_record_is_said(tmp_path: Path, line: str) -> None:
    (tmp_path / "drills.jsonl").write_text(line)
    with pytest.raises(ReplicationError, match="is damaged or unreadable"):
        drills.read(tmp_path / "drills.jsonl")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReplicationError, match="could not be written"):
        drills.append(tmp_path / "missing/drills.jsonl", PASSED)

"""The file of the doctor's last report."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bearblog.engines.vitals import report
from bearblog.engines.vitals.errors import VitalsError
from bearblog.engines.vitals.findings import fail, ok, warning

FINDINGS = (
    ok("disk", "Half is free."),
    warning("off site", "No bucket.", "Set one."),
    fail("dns", "No.", ""),
)
MOMENT = datetime(2026, 11, 28, 20, 0, 5, 999, timezone(timedelta(hours=1)))


def test_a_report_comes_back_as_it_was_written(tmp_path: Path) -> None:
    (folder := tmp_path / "doctor").mkdir()
    file = folder / "report.json"
    report.write(file, [], MOMENT)
    report.write(file, FINDINGS, MOMENT)
    found = report.read(file)
    assert found == report.Report(datetime(2026, 11, 28, 19, 0, 5, tzinfo=UTC), FINDINGS)
    assert [path.name for path in folder.iterdir()] == ["report.json"]
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_file_says_what_others_read_in_it(tmp_path: Path) -> None:
    report.write(tmp_path / "report.json", FINDINGS[1:2], MOMENT)
    assert json.loads((tmp_path / "report.json").read_text()) == {
        "moment": "2026-11-28T19:00:05Z",
        "findings": [{"name": "off site", "grade": "warning", "sentence": "No bucket.", "mend": "Set one."}],
    }


def test_where_nobody_has_written_there_is_none(tmp_path: Path) -> None:
    assert report.read(tmp_path / "report.json") is None


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"moment": "today", "findings": []}', '{"moment": "2026-11-28T19:00:05Z"}',
     '{"moment": "2026-11-28T19:00:05Z", "findings": [{"name": "x", "grade": "odd", "sentence": "y"}]}'],
)  # fmt: skip
def test_a_damaged_report_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "report.json").write_text(content)
    with pytest.raises(VitalsError, match=r"report\.json is damaged or unreadable"):
        report.read(tmp_path / "report.json")


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(VitalsError, match=r"could not be written \(No such file or directory\)"):
        report.write(tmp_path / "missing/report.json", FINDINGS, MOMENT)

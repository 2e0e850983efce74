"""What the doctor makes of the survey: of one that is new, old, missing, damaged, or has holes."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from bearblog.engines.vitals.findings import Finding, Grade
from bearblog.ops import examine_survey

NAMES = [
    "survey", "memory", "failed units", "clock", "updates", "reboot", "certificates", "issued certificates",
    "drift", "reserved address",
]  # fmt: skip


def healthy(*, age: timedelta = timedelta()) -> dict[str, Any]:
    """What root writes on a box that is well."""
    now = datetime.now(UTC)
    return {
        "moment": f"{now - age:%Y-%m-%dT%H:%M:%SZ}",
        "troubles": {},
        "memory": {"total": 1000, "available": 400},
        "failed_units": [],
        "clock": "right",
        "reboot": "",
        "updates": {"security": 0, "lists": f"{now:%Y-%m-%dT%H:%M:%SZ}", "stamps": [1.5, 2]},
        "certificates": [
            {
                "name": settings.MAIN_HOST,
                "begin": f"{now - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}",
                "end": f"{now + timedelta(days=89):%Y-%m-%dT%H:%M:%SZ}",
                "public": True,
            }
        ],
        "drift": {"recorded": True, "changed": [], "missing": [], "added": []},
        "reserved_address": {"droplet": False, "address": ""},
    }


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "SURVEY_FILE", str(tmp_path / "box.json"))
    return tmp_path / "box.json"


def examine(file: Path, **changes: object) -> dict[str, Finding]:
    file.write_text(json.dumps(healthy() | changes))
    return {finding.name: finding for finding in examine_survey.examine()}


def test_a_box_that_is_well_has_a_line_for_each_thing(file: Path) -> None:
    found = examine(file)
    assert list(found) == NAMES
    assert {finding.grade for finding in found.values()} == {Grade.OK}


def test_a_survey_that_is_old_says_so_and_is_still_read(file: Path) -> None:
    old = healthy(age=timedelta(minutes=17, seconds=3))["moment"]
    found = examine(file, moment=old, failed_units=["caddy.service"])
    assert (found["survey"].grade, found["survey"].sentence) == (
        Grade.FAIL,
        "Root last looked the box over 17 minutes ago.",
    )
    assert found["failed units"].grade is Grade.FAIL
    assert found["memory"].grade is Grade.OK


def test_what_root_could_not_see_is_told_with_its_reason(file: Path) -> None:
    found = examine(file, failed_units=None, certificates=None, troubles={"failed_units": "it timed out"})
    assert found["failed units"].sentence == "It could not be looked at (it timed out)."
    assert found["certificates"].grade is Grade.FAIL
    assert found["clock"].grade is Grade.OK


def test_a_box_that_was_never_looked_over_is_told(file: Path) -> None:
    (finding,) = examine_survey.examine()
    assert (finding.grade, finding.sentence) == (Grade.FAIL, "Root never looked this box over.")


@pytest.mark.parametrize("content", ["", "{", "{}", '{"moment": 5}'])
def test_a_damaged_survey_is_told(file: Path, content: str) -> None:
    file.write_text(content)
    (finding,) = examine_survey.examine()
    assert finding.grade is Grade.FAIL
    assert "box.json is damaged or unreadable" in finding.sentence


def test_a_machine_that_is_no_box_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SURVEY_FILE", "")
    (finding,) = examine_survey.examine()
    assert finding.grade is Grade.OK

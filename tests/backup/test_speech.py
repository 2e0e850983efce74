"""What the scripts say: sentences for people, and a line of JSON each for the journal."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.backup.scratch_box import PROJECT, ScratchBox

_LINE = re.compile(r"<(\d)>(\{.*\})")


def run_as_a_unit(box: ScratchBox, log: Path, *command: str) -> list[tuple[int, dict[str, Any]]]:
    """The lines that the command sends to the journal, with their priority. Fails where one is none."""
    with log.open("wb") as stream:
        journal = os.fstat(stream.fileno())
        environment = box.environment() | {"JOURNAL_STREAM": f"{journal.st_dev}:{journal.st_ino}"}
        subprocess.run(command, env=environment, stdout=stream, stderr=stream, check=False, timeout=120)
    matches = [(line, _LINE.fullmatch(line)) for line in log.read_text().splitlines()]
    assert not [line for line, match in matches if match is None]
    return [(int(match[1]), json.loads(match[2])) for _, match in matches if match]


def said(text: str, log: Path, box: ScratchBox) -> str:
    """The message of the one line that says the text."""
    script = f'source "{PROJECT}/backup/speech.sh"; say "$1"'
    ((_, line),) = run_as_a_unit(box, log, "bash", "-c", script, "backup.sh", text)
    return str(line["message"])


def test_a_backup_of_the_unit_is_lines_of_json(box: ScratchBox, tmp_path: Path) -> None:
    lines = run_as_a_unit(box, tmp_path / "log", str(PROJECT / "backup/backup.sh"), "--now")
    assert {priority for priority, _ in lines} == {6}
    priority, last = lines[-1]
    assert (last["level"], last["logger"]) == ("info", "backup.sh")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", last["time"])
    assert last["message"].startswith(f"Backup {box.sets()[-1]}: ")


def test_a_refusal_is_one_too_and_so_is_what_python_complains_of(box: ScratchBox, tmp_path: Path) -> None:
    box.database.write_bytes(b"no database")
    lines = run_as_a_unit(box, tmp_path / "log", str(PROJECT / "backup/backup.sh"), "--now")
    assert [(priority, line["logger"]) for priority, line in lines][-1] == (3, "bearblog.engines.snapshots")
    box.database.unlink()
    ((priority, line),) = run_as_a_unit(box, tmp_path / "log", str(PROJECT / "backup/backup.sh"), "--now")
    assert (priority, line["level"], line["logger"]) == (3, "error", "backup.sh")
    assert line["message"].startswith("there is no database in ")


@pytest.mark.parametrize("text", ['a "b" \\ c', "one\ntwo", "日本 ✍", "{}", '\\"', "\\n"])
def test_any_text_arrives_and_is_read_again(box: ScratchBox, tmp_path: Path, text: str) -> None:
    assert said(text, tmp_path / "log", box) == text
    stored = (tmp_path / "log").read_text().partition(">")[2]
    script = f'source "{PROJECT}/backup/speech.sh"; plainly'
    shown = subprocess.run(["bash", "-c", script], input=stored, capture_output=True, text=True, check=True)
    assert shown.stdout == f"{text}\n"


def test_what_programs_complain_of_is_one_line(box: ScratchBox, tmp_path: Path) -> None:
    complaints = tmp_path / "complaints"
    script = f'source "{PROJECT}/backup/speech.sh"; warn_of "{complaints}"'
    complaints.write_text("Traceback:\n  one\nValueError\n")
    ((priority, line),) = run_as_a_unit(box, tmp_path / "log", "bash", "-c", script, "drill.sh")
    assert (priority, line["message"]) == (4, "Traceback:\n  one\nValueError")
    complaints.write_text("")
    assert run_as_a_unit(box, tmp_path / "log", "bash", "-c", script, "drill.sh") == []
    complaints.write_text('"' * 100_000)
    ((_, line),) = run_as_a_unit(box, tmp_path / "log", "bash", "-c", script, "drill.sh")
    assert len((tmp_path / "log").read_text()) < 48 * 1024


def test_control_characters_become_blanks(box: ScratchBox, tmp_path: Path) -> None:
    assert said("a\tb\x1b[31m", tmp_path / "log", box) == "a b [31m"


def test_people_read_sentences(box: ScratchBox) -> None:
    box.database.unlink()
    assert (
        box.refuse("backup.sh", "--now")
        == f"backup.sh: there is no database in {box.data}; nothing to back up\n"
    )

"""What the scripts say: sentences for people, and a line of JSON each for the journal."""

import json
import os
import re
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.backup.scratch_box import PROJECT, ScratchBox

_LINE = re.compile(r"<(\d)>(\{.*\})")


def run_as_a_unit(box: ScratchBox, *command: str) -> list[tuple[int, dict[str, Any]]]:
    """The lines that the command sends to the journal, with their priority. Fails where one is none."""
    ours, theirs = socket.socketpair()
    journal = os.fstat(theirs.fileno())
    environment = box.environment() | {"JOURNAL_STREAM": f"{journal.st_dev}:{journal.st_ino}"}
    running = subprocess.Popen(command, env=environment, stdout=theirs.fileno(), stderr=theirs.fileno())
    theirs.close()
    with ours, ours.makefile(encoding="utf-8", newline="\n") as stream:
        lines = [line.removesuffix("\n") for line in stream]
    running.wait(timeout=120)
    assert [line for line in lines if len(line.encode()) >= 48 * 1024] == []
    matches = [(line, _LINE.fullmatch(line)) for line in lines]
    assert [line for line, match in matches if match is None] == []
    return [(int(match[1]), json.loads(match[2])) for _, match in matches if match]


SPEECH = f'source "{PROJECT}/backup/speech.sh"'


def said(box: ScratchBox, text: str) -> str:
    """The message of the one line that says the text."""
    ((_, line),) = run_as_a_unit(box, "bash", "-c", f'{SPEECH}; say "$1"', "backup.sh", text)
    return str(line["message"])


def test_a_backup_of_the_unit_is_lines_of_json(box: ScratchBox) -> None:
    lines = run_as_a_unit(box, str(PROJECT / "backup/backup.sh"), "--now")
    assert {priority for priority, _ in lines} == {6}
    priority, last = lines[-1]
    assert (last["level"], last["logger"]) == ("info", "backup.sh")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", last["time"])
    assert last["message"].startswith(f"Backup {box.sets()[-1]}: ")


def test_a_refusal_is_one_too_and_so_is_what_python_complains_of(box: ScratchBox) -> None:
    box.database.write_bytes(b"no database")
    lines = run_as_a_unit(box, str(PROJECT / "backup/backup.sh"), "--now")
    assert [(priority, line["logger"]) for priority, line in lines][-1] == (3, "bearblog.engines.snapshots")
    box.database.unlink()
    ((priority, line),) = run_as_a_unit(box, str(PROJECT / "backup/backup.sh"), "--now")
    assert (priority, line["level"], line["logger"]) == (3, "error", "backup.sh")
    assert line["message"].startswith("there is no database in ")


@pytest.mark.parametrize("text", ['a "b" \\ c', "one\ntwo", "日本 ✍", "{}", '\\"', "\\n"])
def test_any_text_arrives_and_is_read_again(box: ScratchBox, text: str) -> None:
    assert said(box, text) == text
    script = f"{SPEECH}; plainly"
    line = json.dumps({"time": "now", "message": text}, ensure_ascii=False)
    shown = subprocess.run(["bash", "-c", script], input=line, capture_output=True, text=True, check=True)
    assert shown.stdout.rstrip("\n") == text


def test_what_goes_into_a_file_or_a_pipe_meanwhile_is_plain(box: ScratchBox, tmp_path: Path) -> None:
    script = f'{SPEECH}; say "$(say one)"; (die two) 2>"{tmp_path}/file"; say "$(cat "{tmp_path}/file")"'
    lines = run_as_a_unit(box, "bash", "-c", script, "drill.sh")
    assert [line["message"] for _, line in lines] == ["one", "two"]
    assert (tmp_path / "file").read_text() == "drill.sh: two\n"


def test_what_programs_complain_of_is_one_line(box: ScratchBox, tmp_path: Path) -> None:
    complaints = tmp_path / "complaints"
    script = f'{SPEECH}; warn_of "{complaints}"'
    complaints.write_text("Traceback:\n  one\nValueError\n")
    ((priority, line),) = run_as_a_unit(box, "bash", "-c", script, "drill.sh")
    assert (priority, line["message"]) == (4, "Traceback:\n  one\nValueError")
    complaints.write_text("")
    assert run_as_a_unit(box, "bash", "-c", script, "drill.sh") == []
    complaints.write_text('"' * 100_000)
    ((_, line),) = run_as_a_unit(box, "bash", "-c", script, "drill.sh")
    assert line["message"].startswith('""')


def test_control_characters_become_blanks(box: ScratchBox) -> None:
    assert said(box, "a\tb\x1b[31m") == "a b [31m"


def test_people_read_sentences(box: ScratchBox) -> None:
    box.database.unlink()
    assert (
        box.refuse("backup.sh", "--now")
        == f"backup.sh: there is no database in {box.data}; nothing to back up\n"
    )

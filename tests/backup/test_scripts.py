"""What holds for every script of the folder."""

import subprocess
from pathlib import Path

import pytest

from tests.backup.scratch_box import PROJECT, ScratchBox

FILES = sorted((PROJECT / "backup").glob("*.sh"))
SCRIPTS = [file.name for file in FILES if file.stat().st_mode & 0o100]


def test_shellcheck_has_nothing_to_say() -> None:
    done = subprocess.run(
        ["shellcheck", "--external-sources", *map(str, FILES)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_explains_itself(box: ScratchBox, script: str) -> None:
    assert f"Usage: {script}" in box.succeed(script, "--help")


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_unknown_argument_is_refused(box: ScratchBox, script: str) -> None:
    assert "--help" in box.refuse(script, "--nonsense")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_script_is_short_enough_to_be_read(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= 100

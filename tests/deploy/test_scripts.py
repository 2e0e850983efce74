"""The shell scripts of a release: their help, their refusals, and what shellcheck says."""

import subprocess
from pathlib import Path

import pytest

from tests.rendering import PROJECT

SCRIPTS = sorted((PROJECT / "deploy").glob("*.sh"))


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_shellcheck_has_nothing_to_say() -> None:
    done = run("shellcheck", "--external-sources", *SCRIPTS)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_the_script_explains_itself(script: Path) -> None:
    done = run(script, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ")


# Called without arguments it returns to the release before.
@pytest.mark.parametrize(
    "script", [file for file in SCRIPTS if file.name != "rollback.sh"], ids=lambda script: script.name
)
def test_the_script_called_without_arguments_shows_its_usage_and_fails(script: Path) -> None:
    done = run(script)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")


def test_run_refuses_a_program_it_does_not_know() -> None:
    done = run(PROJECT / "deploy/run.sh", "everything")
    assert done.returncode == 2
    assert "there is no program 'everything'" in done.stderr


def test_run_refuses_a_release_without_a_virtual_environment(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    script = tmp_path / "deploy/run.sh"
    script.write_bytes((PROJECT / "deploy/run.sh").read_bytes())
    script.chmod(0o755)
    done = run(script, "web")
    assert done.returncode == 2
    assert "has no virtual environment" in done.stderr


def test_manage_runs_a_command_of_the_release_that_a_link_points_to(tmp_path: Path) -> None:
    link = tmp_path / "current"
    link.symlink_to(PROJECT)
    done = run(link / "deploy/run.sh", "manage", "version")
    assert done.returncode == 0
    assert done.stdout.startswith("5.2")


def test_commands_as_the_service_are_refused_where_there_is_no_service() -> None:
    done = run(PROJECT / "deploy/bearblog.sh", "doctor")
    assert done.returncode == 2
    assert done.stderr.startswith("bearblog: ")

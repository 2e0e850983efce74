from pathlib import Path

import pytest

from deploy.bench import machine
from deploy.droplet.program import run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    git = ("git", "-C", str(tmp_path), "-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    run(*git, "init", "--quiet")
    run(*git, "commit", "--quiet", "--allow-empty", "--message=Begin")
    monkeypatch.setattr(machine, "PROJECT", tmp_path)
    return tmp_path


def commit_of(project: Path) -> str:
    return run("git", "-C", str(project), "rev-parse", "HEAD").strip()


def test_a_record_that_was_just_written_changes_nothing(project: Path) -> None:
    for name in ("drills", "bench"):
        (project / name).mkdir()
        (project / name / "latest.json").write_text("{}")
    assert machine.facts()["commit"] == commit_of(project)


def test_code_that_is_not_committed_is_told(project: Path) -> None:
    (project / "deploy/bench").mkdir(parents=True)
    (project / "deploy/bench/new.py").write_text("")
    assert machine.facts()["commit"] == f"{commit_of(project)}-changed"

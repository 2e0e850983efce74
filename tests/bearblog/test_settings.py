"""The wiring: settings, migrations and static files as a release has them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

Manage = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def manage(tmp_path: Path) -> Manage:
    """Runs a management command with the settings of a release and folders of its own."""
    for name in ("data", "cache", "run"):
        (tmp_path / name).mkdir()
    own = {
        "BEARBLOG_DATA_DIR": str(tmp_path / "data"),
        "BEARBLOG_CACHE_DIR": str(tmp_path / "cache"),
        "BEARBLOG_STATIC_DIR": str(tmp_path / "static"),
        "DJANGO_SETTINGS_MODULE": "bearblog.settings",
    }

    def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, **own, **changes},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_deployment_check_has_nothing_to_say(manage: Manage) -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_no_model_waits_for_a_migration(manage: Manage) -> None:
    result = manage("makemigrations", "--check", "--dry-run")
    assert result.returncode == 0, result.stdout


def test_static_files_are_hashed_and_compressed(manage: Manage, tmp_path: Path) -> None:
    result = manage("collectstatic", "--no-input", "--verbosity", "0")
    assert result.returncode == 0, result.stderr
    [sheet] = (tmp_path / "static" / "base").glob("site.????????????.css")
    assert Path(f"{sheet}.gz").exists()
    assert Path(f"{sheet}.br").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [("BEARBLOG_MAIN_HOST", "not a host"), ("BEARBLOG_SIGNUP", "maybe"), ("BEARBLOG_HTTPS_PORT", "0")],
)
def test_a_wrong_value_stops_the_start_with_its_name(manage: Manage, name: str, value: str) -> None:
    result = manage("check", **{name: value})
    assert result.returncode != 0
    assert f"{name} is {value!r}" in result.stderr

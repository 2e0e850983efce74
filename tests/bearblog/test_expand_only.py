"""Migrations only add: the release before serves on while they run, and it may return afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rendering import PROJECT

MIGRATIONS = ":(glob)**/migrations/0*.py"
# Of the release before, its own tests of what people do most. Those that are not there yet are left out.
READING_AND_WRITING = (
    "tests/bearblog/domain/accounts",
    "tests/bearblog/domain/posts/test_saving.py",
    "tests/bearblog/engines/outbox",
    "tests/bearblog/engines/replication/test_canary.py",
    "tests/bearblog/web/reading/test_likes.py",
    "tests/bearblog/web/reading/test_post.py",
    "tests/bearblog/web/reading/test_subscribers.py",
    "tests/bearblog/web/studio/test_blogs.py",
    "tests/bearblog/web/studio/test_editor.py",
    "tests/bearblog/web/studio/test_media.py",
    "tests/bearblog/web/studio/test_members.py",
    "tests/bearblog/web/site/test_signup.py",
)
SETTINGS = """
from tests.settings import *
DATABASES["default"]["TEST"] = {"NAME": "NEWER"}
"""


def git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.strip()


def release_before() -> str:
    """The newest commit with another schema than this tree's."""
    if git("status", "--porcelain", "--", MIGRATIONS):
        return git("rev-parse", "HEAD")
    changed = git("log", "--first-parent", "-1", "--format=%H", "--", MIGRATIONS)
    return git("rev-parse", "--verify", "--quiet", f"{changed}^1")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The tree of the release before."""
    if git("rev-parse", "--is-shallow-repository") == "true":
        pytest.skip("This clone has no history, so the release before is not known.")
    tree = tmp_path / "older"
    tree.mkdir()
    packed = subprocess.run(
        ["git", "archive", release_before()], cwd=PROJECT, capture_output=True, check=True
    )
    subprocess.run(["tar", "--extract", "--directory", tree], input=packed.stdout, check=True)
    (tree / ".venv").symlink_to(PROJECT / ".venv")
    return tree


def test_the_release_before_reads_and_writes_the_new_schema(older: Path, tmp_path: Path) -> None:
    database = tmp_path / "newer.sqlite3"
    migrate(database)
    (older / "tests/newer_schema.py").write_text(SETTINGS.replace("NEWER", str(database)))
    chosen = [name for name in READING_AND_WRITING if (older / name).exists()]
    assert len(chosen) > 6
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "--reuse-db", "--ds=tests.newer_schema", *chosen],
        cwd=older,
        env=outside(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def migrate(database: Path) -> None:
    """Makes the file a database of this tree's schema."""
    folder = database.parent / "data"
    folder.mkdir()
    (folder / "secret_key").write_text("only-for-tests-" + "0123456789abcdef" * 4)
    own = {
        "BEARBLOG_MAIN_HOST": "bear.localhost",
        "BEARBLOG_DATA_DIR": str(folder),
        "BEARBLOG_CACHE_DIR": str(folder),
        "BEARBLOG_SECRET_KEY_FILE": str(folder / "secret_key"),
        "DJANGO_SETTINGS_MODULE": "bearblog.settings",
    }
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=PROJECT, env={**outside(), **own}, check=True)
    (folder / "bearblog.sqlite3").rename(database)


def outside() -> dict[str, str]:
    """The environment without what this run of tests has added to it."""
    own = ("BEARBLOG_", "DJANGO_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(own)}

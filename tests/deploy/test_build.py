"""A release is packed from the tree, named by its content, the same bytes each time."""

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.rendering import PROJECT

PARTS = ["bearblog/app.py", "backup/backup.sh", "manage.py", "pyproject.toml", "uv.lock"]
PARTS += [f"deploy/{name}.sh" for name in ("bearblog", "binaries", "prepare", "release", "rollback", "run")]
PARTS += [
    "deploy/gunicorn.conf.py",
    "deploy/releases/places.py",
    "deploy/survey/__main__.py",
    "deploy/uv.txt",
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree with all that a release is made of, committed."""
    tree = tmp_path / "tree"
    for part in PARTS:
        (tree / part).parent.mkdir(parents=True, exist_ok=True)
        (tree / part).write_text(f"{part}\n")
    (tree / ".gitignore").write_text("*.pyc\n")
    shutil.copy(PROJECT / "deploy/build.sh", tree / "deploy/build.sh")
    git(tree, "init", "--quiet")
    commit(tree)
    return tree


def git(tree: Path, *arguments: str) -> str:
    people = ["-c", "user.name=alice", "-c", "user.email=alice@example.org"]
    return subprocess.run(
        ["git", *people, *arguments], cwd=tree, capture_output=True, text=True, check=True
    ).stdout.strip()


def commit(tree: Path) -> None:
    git(tree, "add", "--all")
    git(tree, "commit", "--quiet", "--message", "Change", "--date", "2026-11-21T02:45:00Z")


def build(tree: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [tree / "deploy/build.sh", folder, *arguments], capture_output=True, text=True, check=False
    )


def names(folder: Path, version: str) -> set[str]:
    with tarfile.open(folder / f"{version}.tar.gz") as archive:
        return {name.removeprefix(f"{version}/") for name in archive.getnames()}


def test_the_same_tree_makes_the_same_bytes(tree: Path, tmp_path: Path) -> None:
    first, second = (build(tree, tmp_path / name).stdout.strip() for name in ("one", "two"))
    assert first == second
    archives = [(tmp_path / name / f"{first}.tar.gz").read_bytes() for name in ("one", "two")]
    assert archives[0] == archives[1]


def test_the_version_is_the_last_commits_day_and_the_trees_hash(tree: Path, tmp_path: Path) -> None:
    day = git(tree, "log", "-1", "--format=%cd", "--date=format:%Y%m%d")
    version = build(tree, tmp_path / "out").stdout.strip()
    assert version.startswith(f"{day}-")
    assert len(version) == len("20261121-01234567")


def test_a_file_that_git_does_not_know_yet_is_packed_and_an_ignored_one_is_not(
    tree: Path, tmp_path: Path
) -> None:
    before = build(tree, tmp_path / "out").stdout.strip()
    (tree / "bearblog/new.py").write_text("new\n")
    (tree / "bearblog/app.pyc").write_text("byte code\n")
    after = build(tree, tmp_path / "out").stdout.strip()
    assert after != before
    assert "bearblog/new.py" in names(tmp_path / "out", after)
    assert "bearblog/app.pyc" not in names(tmp_path / "out", after)


def test_what_the_box_does_not_need_makes_no_new_release(tree: Path, tmp_path: Path) -> None:
    before = build(tree, tmp_path / "out").stdout.strip()
    (tree / "tests").mkdir()
    (tree / "tests/test_new.py").write_text("new\n")
    assert build(tree, tmp_path / "out").stdout.strip() == before
    assert not any(name.startswith("tests") for name in names(tmp_path / "out", before))


def test_a_revision_is_packed_as_it_was_committed(tree: Path, tmp_path: Path) -> None:
    committed = build(tree, tmp_path / "out").stdout.strip()
    (tree / "bearblog/app.py").write_text("changed\n")
    assert build(tree, tmp_path / "out").stdout.strip() != committed
    assert build(tree, tmp_path / "out", "HEAD").stdout.strip() == committed


def test_the_repository_is_only_read(tree: Path, tmp_path: Path) -> None:
    (tree / "bearblog/new.py").write_text("new\n")
    before = sorted(path for path in (tree / ".git").rglob("*"))
    build(tree, tmp_path / "out")
    assert sorted(path for path in (tree / ".git").rglob("*")) == before


def test_an_unknown_revision_is_refused(tree: Path, tmp_path: Path) -> None:
    done = build(tree, tmp_path / "out", "v99")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no revision 'v99'" in done.stderr


def test_a_copy_that_is_no_repository_is_refused(tree: Path, tmp_path: Path) -> None:
    shutil.rmtree(tree / ".git")
    done = build(tree, tmp_path / "out")
    assert done.returncode == 2
    assert "is not a git repository" in done.stderr

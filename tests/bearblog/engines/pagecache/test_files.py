"""Folders that another user may enter from the first moment on."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bearblog.engines.pagecache import files


@pytest.fixture(autouse=True)
def umask_of_the_service() -> Iterator[None]:
    """Lets nobody in who is not of the group, as the service's umask does."""
    before = os.umask(0o007)
    yield
    os.umask(before)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    made = tmp_path / "place"
    made.mkdir()
    return made


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_file_and_the_folders_above_it_may_be_read_by_others(place: Path) -> None:
    file = place / "a/b/page.html"
    files.write(file, b"page")
    assert [mode(name) for name in (file, file.parent, file.parent.parent)] == [0o644, 0o755, 0o755]


def test_a_folder_that_is_there_stays_as_it_is(place: Path) -> None:
    files.write(place / "a/page.html", b"page")
    files.make_folder(place / "a")
    assert (place / "a/page.html").read_bytes() == b"page"
    assert [name.name for name in place.iterdir()] == ["a"]


def test_a_kill_before_others_may_enter_leaves_no_folder(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(folder: Path, mode: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "chmod", killed)
        with pytest.raises(KeyboardInterrupt):
            files.make_folder(place / "a")
    assert not (place / "a").exists()
    files.make_folder(place / "a")
    assert mode(place / "a") == 0o755


def test_who_comes_second_finds_what_the_first_has_put_there(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = place / "a"
    chmod = Path.chmod

    def overtaken(half_made: Path, mode: int) -> None:
        chmod(half_made, mode)
        folder.mkdir()
        (folder / "page.html").write_bytes(b"page")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "chmod", overtaken)
        files.make_folder(folder)
    assert (folder / "page.html").read_bytes() == b"page"
    assert [name.name for name in place.iterdir()] == ["a"]

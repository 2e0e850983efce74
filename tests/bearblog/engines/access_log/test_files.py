"""The files of a log that is rotated while it is read."""

import os
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from bearblog.engines.access_log.files import LogFile, opened
from tests.logs import Log, log_line


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def paths(file: LogFile, offset: int = 0) -> list[str]:
    return [line.request.path for line in file.read(offset, 1000).lines]


def test_the_files_come_in_the_order_in_which_they_were_written(log: Log) -> None:
    for number in range(3):
        log.append(log_line(f"/{number}/"))
        log.rotate()
    log.append(log_line("/3/"), log_line("/4/"))
    with opened(log.path) as files:
        assert [paths(file) for file in files] == [["/0/"], ["/1/"], ["/2/"], ["/3/", "/4/"]]


def test_reading_goes_on_where_it_stopped(log: Log) -> None:
    log.append(*(log_line(f"/{number}/") for number in range(5)))
    with opened(log.path) as (file,):
        first = file.read(0, 3)
        assert [line.request.path for line in first.lines] == ["/0/", "/1/", "/2/"]
        assert paths(file, first.end) == ["/3/", "/4/"]
        assert file.read(file.size, 3).end == file.size


def test_a_last_line_waits_for_its_end(log: Log) -> None:
    half = log_line("/half/")
    log.append(log_line("/whole/"), half[:-10])
    with opened(log.path) as (file,):
        batch = file.read(0, 10)
        assert (len(batch.lines), batch.end) == (1, len(log_line("/whole/")))
        log.append(half[-10:])
        assert paths(file, batch.end) == ["/half/"]


def test_a_line_that_cannot_be_read_is_skipped_and_told(log: Log) -> None:
    log.append(b"nonsense\n", log_line("/one/"), b"\0\0\0\n", log_line("/two/"))
    with opened(log.path) as (file,):
        batch = file.read(0, 10)
    assert [line.request.path for line in batch.lines] == ["/one/", "/two/"]
    assert (batch.unreadable, batch.end) == (2, log.path.stat().st_size)


def test_a_line_without_an_end_fills_no_memory(log: Log) -> None:
    log.append(b"x" * 5_000_000 + b"\n", log_line("/one/"))
    with opened(log.path) as (file,):
        assert paths(file) == ["/one/"]


def test_long_lines_fill_no_memory_either(log: Log) -> None:
    log.append(*[log_line(user_agent="x" * 500_000)] * 40)
    with opened(log.path) as (file,):
        batches = [file.read(0, 1000)]
        while batches[-1].end < file.size:
            batches.append(file.read(batches[-1].end, 1000))
    assert [len(batch.lines) for batch in batches] == [17, 17, 6]


def test_a_file_that_is_renamed_while_it_is_open_is_read_to_its_end(log: Log) -> None:
    log.append(log_line("/one/"))
    with opened(log.path) as (file,):
        log.append(log_line("/two/"))
        log.rotate()
        log.append(log_line("/three/"))
        assert paths(file) == ["/one/", "/two/"]
    with opened(log.path) as files:
        assert files[0].identity == file.identity


def test_a_rotation_between_finding_and_opening_hides_no_file(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.append(log_line("/one/"))
    opens = Path.open

    def rotates_first(path: Path, mode: str) -> BinaryIO:
        monkeypatch.undo()
        log.rotate()
        log.append(log_line("/two/"))
        return cast(BinaryIO, opens(path, mode))

    monkeypatch.setattr(Path, "open", rotates_first)
    with opened(log.path) as files:
        assert [paths(file) for file in files] == [["/one/"], ["/two/"]]


def test_what_tells_files_apart_stays_while_they_grow_and_are_renamed(log: Log) -> None:
    log.append(log_line("/one/"))
    with opened(log.path) as (file,):
        before = file.identity
    log.append(log_line("/two/"))
    log.rotate()
    with opened(log.path) as (file,):
        assert file.identity == before


def test_another_file_with_the_same_inode_is_another(log: Log) -> None:
    log.append(b"1" + log_line("/one/"))
    with opened(log.path) as (file,):
        before = file.identity
    inode = log.path.stat().st_ino
    os.truncate(log.path, 0)
    log.append(b"2" + log_line("/two/"))
    assert log.path.stat().st_ino == inode
    with opened(log.path) as (file,):
        assert file.identity != before


def test_a_log_that_is_not_there_yet_or_empty_has_no_files(log: Log) -> None:
    with opened(log.path) as files:
        assert files == []
    log.path.touch()
    with opened(log.path) as files:
        assert files == []


def test_other_files_beside_the_log_are_let_alone(log: Log) -> None:
    for name in ("access.log.gz", "access-2026-11-20T12-00-00.000.log.gz", "caddy.log", "accessories.log"):
        log.path.with_name(name).write_bytes(log_line())
    log.append(log_line("/one/"))
    with opened(log.path) as files:
        assert [file.path for file in files] == [log.path]


def test_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError), opened(tmp_path / "nowhere/access.log"):  # noqa: PT011 - of several kinds
        pass


def test_the_lines_before_a_place_are_those_within_so_many_bytes(log: Log) -> None:
    log.append(*(log_line(f"/{number}/") for number in range(10)))
    length = len(log_line("/0/"))
    with opened(log.path) as (file,):
        found = [line.request.path for line in file.last_lines(8 * length, 3 * length + 5)]
        assert found == ["/5/", "/6/", "/7/"]
        assert len(list(file.last_lines(8 * length, 10**6))) == 8

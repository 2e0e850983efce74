"""A log is read on from where the last reader stopped: each line once."""

import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import hypothesis
import pytest
from django.db import DatabaseError, connection
from hypothesis import strategies as st
from pytest_django import Settings

from bearblog.domain.analytics import log_reader
from bearblog.domain.analytics.errors import AnalyticsError
from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.models import Count, LogPlace, Seen
from bearblog.domain.analytics.selectors import page_reads
from bearblog.domain.blogs.models import Blog
from bearblog.lib import file_lock
from tests import databases
from tests.bearblog.domain.analytics.numbers import names, number
from tests.logs import NOON, Log, beacon, log_line

Kind = Count.Kind
# Paths and parts of them are more likely to lead somewhere than any text.
TEXTS = (
    st.sampled_from(["/", "/one/", "/%", "//", "/feed/", "/\0/", "fe80::1%eth0", "[::1]:1", "."]) | st.text()
)

pytestmark = pytest.mark.usefixtures("post")


def visitor(number_: int) -> bytes:
    """A look of one reader at one page, in two lines."""
    address = f"203.0.{number_ // 250}.{number_ % 250}"
    return log_line("/one/", address=address) + beacon("/one/", address=address)


def counted() -> tuple[int, int]:
    """How many readers of the page, and how many answers with it."""
    return number(Kind.PAGE, "/one/"), page_reads()


def test_each_line_is_counted_once(log: Log, reader_of: LogReader) -> None:
    for number_ in range(3):
        log.append(visitor(number_))
        assert reader_of.read() == 2
        assert reader_of.read() == 0
    assert counted() == (3, 3)


def test_another_process_goes_on_where_the_last_stopped(log: Log) -> None:
    for number_ in range(3):
        log.append(visitor(number_))
        assert LogReader(log.path, log.machine_id).read() == 2
    assert counted() == (3, 3)


def test_a_long_log_is_counted_in_batches(
    log: Log, reader_of: LogReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_reader, "LINES_A_BATCH", 3)
    log.append(*(visitor(number_) for number_ in range(10)))
    assert reader_of.read() == 20
    assert counted() == (10, 10)


def test_rotated_files_are_read_to_their_ends(log: Log, reader_of: LogReader) -> None:
    log.append(visitor(0))
    reader_of.read()
    for number_ in range(1, 4):
        log.append(visitor(number_))
        log.rotate()
    log.append(visitor(4))
    assert reader_of.read() == 8
    assert counted() == (5, 5)
    assert LogPlace.objects.count() == 4


def test_a_rotation_between_two_readings_changes_nothing(log: Log, reader_of: LogReader) -> None:
    log.append(visitor(0))
    reader_of.read()
    log.rotate()
    assert reader_of.read() == 0
    log.append(visitor(1))
    assert reader_of.read() == 2
    assert counted() == (2, 2)


def test_a_half_written_line_waits_for_its_end(log: Log, reader_of: LogReader) -> None:
    line = beacon("/one/")
    log.append(log_line("/one/"), line[:50])
    assert reader_of.read() == 1
    assert counted() == (0, 1)
    log.append(line[50:])
    assert reader_of.read() == 1
    assert counted() == (1, 1)


def test_unreadable_lines_are_skipped_and_logged_once_a_batch(
    log: Log, reader_of: LogReader, caplog: pytest.LogCaptureFixture
) -> None:
    log.append(b"nonsense\n", visitor(0), b"{}\n", b"\xff\n")
    assert reader_of.read() == 2
    assert counted() == (1, 1)
    assert [record.getMessage() for record in caplog.records] == [f"3 lines of {log.path} cannot be read."]
    assert reader_of.read() == 0
    assert len(caplog.records) == 1


def test_a_log_cut_off_in_its_place_starts_anew(log: Log, reader_of: LogReader) -> None:
    log.append(visitor(0), visitor(1))
    reader_of.read()
    os.truncate(log.path, 0)
    reader_of.read()
    log.append(log_line("/", moment=NOON + timedelta(minutes=1)), visitor(2))
    assert reader_of.read() == 3
    assert counted() == (3, 4)
    assert LogPlace.objects.count() == 1


def test_a_file_that_takes_the_inode_of_another_is_read_from_its_beginning(
    log: Log, reader_of: LogReader
) -> None:
    log.append(visitor(0))
    reader_of.read()
    inode = log.path.stat().st_ino
    os.truncate(log.path, 0)
    log.append(log_line("/", moment=NOON + timedelta(days=3)), *(visitor(number_) for number_ in range(9)))
    assert log.path.stat().st_ino == inode
    assert reader_of.read() == 19
    assert counted() == (9, 11)


def test_lines_that_a_power_cut_took_from_the_disk_are_not_counted_again(
    log: Log, reader_of: LogReader
) -> None:
    log.append(visitor(0), visitor(1))
    reader_of.read()
    os.truncate(log.path, len(visitor(0)))
    reader_of.read()
    log.append(visitor(2))
    assert reader_of.read() == 2
    assert counted() == (3, 3)


def test_the_places_of_files_that_are_gone_are_forgotten(log: Log, reader_of: LogReader) -> None:
    log.append(visitor(0))
    reader_of.read()
    rotated = log.rotate()
    log.append(visitor(1))
    reader_of.read()
    rotated.unlink()
    reader_of.read()
    assert LogPlace.objects.get().inode == log.path.stat().st_ino
    assert counted() == (2, 2)


def test_a_folder_that_is_empty_for_a_moment_makes_nothing_forgotten(log: Log, reader_of: LogReader) -> None:
    log.append(visitor(0))
    reader_of.read()
    elsewhere = log.path.rename(log.path.with_name("elsewhere"))
    assert reader_of.read() == 0
    elsewhere.rename(log.path)
    assert reader_of.read() == 0
    assert counted() == (1, 1)


def test_on_another_machine_the_same_inode_is_another_file(log: Log, reader_of: LogReader) -> None:
    log.append(visitor(0))
    reader_of.read()
    log.machine_id.write_text("of-the-box-that-was-restored\n")
    assert LogReader(log.path, log.machine_id).read() == 2
    assert LogPlace.objects.get().machine == "of-the-box-that-was-restored"


def test_what_fails_is_neither_counted_nor_lost(
    log: Log, reader_of: LogReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_reader, "LINES_A_BATCH", 4)
    log.append(visitor(0))
    reader_of.read()
    log.append(*(visitor(number_) for number_ in range(1, 9)))
    with monkeypatch.context() as patch:
        # Marks and numbers are written by then.
        patch.setattr(LogPlace, "save", failing)
        with pytest.raises(DatabaseError):
            reader_of.read()
    assert (counted(), Seen.objects.count()) == ((1, 1), 2)
    reader_of.read()
    assert counted() == (9, 9)


def failing(*_: object) -> None:
    raise DatabaseError("database is locked")


def test_a_failure_spends_nothing_of_the_hour(
    log: Log, reader_of: LogReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.append(*(beacon(user_agent=f"Firefox/{number_} X11") for number_ in range(200)))
    with monkeypatch.context() as patch:
        patch.setattr(LogPlace, "save", failing)
        for _ in range(3):
            with pytest.raises(DatabaseError):
                reader_of.read()
    reader_of.read()
    assert number(Kind.PAGE, "/") == 200


@pytest.mark.parametrize("rotates", [False, True])
def test_a_restart_loses_no_referrer(log: Log, *, rotates: bool) -> None:
    log.append(log_line("/one/", referrer="https://news.example.com"))
    LogReader(log.path, log.machine_id).read()
    if rotates:
        log.rotate()
    log.append(beacon("/one/", moment=NOON + timedelta(seconds=50)))
    LogReader(log.path, log.machine_id).read()
    assert names(Kind.REFERRER) == ["news.example.com"]


@hypothesis.given(path=TEXTS, host=TEXTS, address=TEXTS, name=TEXTS, referrer=TEXTS)
@hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
def test_whatever_was_sent_holds_nothing_up(
    log: Log, path: str, host: str, address: str, name: str, referrer: str
) -> None:
    page = log_line(path, referrer=referrer)
    lines = [page, beacon(path), beacon(host=host), beacon(address=address), beacon(user_agent=name)]
    log.append(*lines, beacon(path, host=host, address=address, user_agent=name))
    LogReader(log.path, log.machine_id).read()
    assert LogPlace.objects.get().offset == log.path.stat().st_size


def test_only_one_reads_at_a_time(log: Log, reader_of: LogReader, settings: Settings) -> None:
    log.append(visitor(0))
    with file_lock.held(Path(settings.RUNTIME_DIR) / "log.lock"):
        assert reader_of.read() == 0
    assert reader_of.read() == 2


@pytest.mark.usefixtures("committed_db")
def test_what_a_killed_process_counted_is_not_counted_again(log: Log, reader_of: LogReader) -> None:
    log.append(visitor(0))
    reader_of.read()
    database = Path(connection.settings_dict["NAME"])
    with closing(databases.connect(database)), databases.killed_while_flushing(database):
        log.append(visitor(1))
        LogReader(log.path, log.machine_id).read()
    assert counted() == (1, 1)
    assert reader_of.read() == 0
    assert counted() == (2, 2)


def test_without_a_log_there_is_nothing_to_count(log: Log, reader_of: LogReader) -> None:
    assert reader_of.read() == 0


def test_a_log_out_of_reach_is_said(log: Log, tmp_path: Path) -> None:
    with pytest.raises(AnalyticsError, match="cannot be read"):
        LogReader(tmp_path / "nowhere/access.log", log.machine_id).read()


def test_a_machine_without_a_name_is_said(log: Log) -> None:
    with pytest.raises(AnalyticsError, match="cannot be read"):
        LogReader(log.path, log.path.with_name("nothing")).read()


def test_readers_of_a_deleted_blog_hold_nothing_up(blog: Blog, log: Log, reader_of: LogReader) -> None:
    log.append(visitor(0))
    blog.delete()
    log.append(visitor(1))
    assert reader_of.read() == 4
    assert not Count.objects.exists()

"""A commit that is in the log and unknown to its index, as a kill leaves it while the log is flushed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bearblog.engines.replication import write_ahead_log
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.write_ahead_log import WriteAheadLog
from tests import databases
from tests.replicas import TREE, ReplicatedBox

# Pages enough that no commit is a single frame.
LONG = "words " * 3000
_WRITE_FOR_EVER = """
import sys
from bearblog.lib import sqlite
import sqlite3
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
connection.execute("PRAGMA synchronous=FULL")
connection.execute("PRAGMA wal_autocheckpoint=0")
print("writing", flush=True)
while True:
    connection.execute("INSERT INTO post (text) VALUES (?)", ("words " * 3000,))
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A database with one post, which another process, too, has open all the while."""
    file = tmp_path / "bearblog.sqlite3"
    with closing(databases.connect(file)) as other:
        other.execute("CREATE TABLE post (id INTEGER PRIMARY KEY, text TEXT)")
        other.execute("INSERT INTO post (text) VALUES ('first')")
        yield file


def texts(database: Path) -> list[str]:
    with closing(databases.connect(database)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM post ORDER BY id")]


def write(database: Path, text: str) -> None:
    with closing(databases.connect(database)) as connection:
        connection.execute("INSERT INTO post (text) VALUES (?)", (text,))


def test_what_was_committed_when_it_was_killed_is_taken_in(database: Path) -> None:
    with databases.killed_while_flushing(database):
        write(database, LONG)
    assert texts(database) == ["first"]
    assert write_ahead_log.settle(database)
    assert texts(database) == ["first", LONG]
    assert not write_ahead_log.settle(database)
    write(database, "last")
    assert texts(database) == ["first", LONG, "last"]


def test_the_first_commit_of_a_log_is_taken_in(database: Path) -> None:
    with closing(databases.connect(database)) as connection:
        for is_known_to_it, text in ((True, LONG), (False, "third")):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            before = texts(database)
            with databases.killed_while_flushing(database):
                # A process that has made no checkpoint itself gives the log other salts.
                if is_known_to_it:
                    connection.execute("INSERT INTO post (text) VALUES (?)", (text,))
                else:
                    write(database, text)
            assert texts(database) == before
            assert write_ahead_log.settle(database)
            assert texts(database) == [*before, text]


def test_a_log_that_is_to_be_written_over_is_not_taken_in_again(database: Path) -> None:
    write(database, LONG)
    with closing(databases.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(RESTART)")
    databases.begin_log_anew(database)
    assert not write_ahead_log.settle(database)
    write(database, "last")
    assert texts(database) == ["first", LONG, "last"]


def kill_while_it_flushes(writer: subprocess.Popen[bytes], database: Path) -> None:
    """Stops the writer at one moment after another, until it has a commit in the log alone."""
    log = WriteAheadLog(database)
    deadline = time.monotonic() + 60
    while True:
        writer.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, writer.pid, os.WSTOPPED)
        if log.has_unknown_commit():
            return writer.kill()
        assert time.monotonic() < deadline, "it was never seen with a commit that its index did not know"
        writer.send_signal(signal.SIGCONT)
        # No wait for anything: the moment is drawn by lot.
        time.sleep(random.uniform(0, 0.01))  # noqa: S311


def test_a_process_that_is_really_killed_leaves_such_a_commit(database: Path) -> None:
    command = [sys.executable, "-c", _WRITE_FOR_EVER, str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=TREE) as writer:
        try:
            assert writer.stdout
            assert writer.stdout.readline() == b"writing\n"
            kill_while_it_flushes(writer, database)
        finally:
            writer.kill()
    before = texts(database)
    assert write_ahead_log.settle(database)
    assert texts(database) == [*before, LONG]
    with closing(databases.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_log_of_which_the_index_knows_all_is_left_alone(database: Path) -> None:
    write(database, LONG)
    assert not write_ahead_log.settle(database)
    assert texts(database) == ["first", LONG]


def test_frames_without_a_commit_are_not_taken_in(database: Path) -> None:
    with databases.killed_while_flushing(database):
        write(database, LONG)
    log = database.with_name("bearblog.sqlite3-wal")
    with log.open("r+b") as file:
        file.truncate(log.stat().st_size - 100)
    assert not write_ahead_log.settle(database)
    assert texts(database) == ["first"]


def test_a_frame_with_other_bytes_is_not_taken_in(database: Path) -> None:
    with databases.killed_while_flushing(database):
        write(database, LONG)
    log = database.with_name("bearblog.sqlite3-wal")
    with log.open("r+b") as file:
        file.seek(log.stat().st_size - 2000)
        file.write(b"other")
    assert not write_ahead_log.settle(database)
    assert texts(database) == ["first"]


def test_without_a_database_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert not write_ahead_log.settle(tmp_path / "none.sqlite3")
    assert not (tmp_path / "none.sqlite3").exists()
    assert not WriteAheadLog(tmp_path / "none.sqlite3").has_unknown_commit()


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Words, and no database." * 99)
    with pytest.raises(ReplicationError, match="cannot be looked at"):
        write_ahead_log.settle(tmp_path / "letter")


@pytest.mark.parametrize("again", [LONG, "another " * 2500])
def test_the_replica_of_a_box_on_which_a_process_was_killed_is_its_database(
    folder_bucket: Bucket, tmp_path: Path, again: str
) -> None:
    first, second = (ReplicatedBox(folder_bucket, tmp_path / name) for name in ("first", "second"))
    first.install()
    first.write("before")
    with closing(first.connect()):
        with databases.killed_while_flushing(first.database):
            first.write(LONG)
        write_ahead_log.settle(first.database)
        first.write(again)
        first.write("after")
    first.stop()
    second.restore()
    assert second.read() == first.read() == ["before", LONG, again, "after"]


def test_the_command_says_what_it_took_in(database: Path) -> None:
    with databases.killed_while_flushing(database):
        write(database, LONG)
    command = [sys.executable, "-m", "bearblog.engines.replication.write_ahead_log", str(database)]
    done = subprocess.run(command, cwd=TREE, capture_output=True, text=True, check=True)
    assert done.stderr == "A commit that a killed process had left in the log was taken in.\n"
    assert texts(database) == ["first", LONG]

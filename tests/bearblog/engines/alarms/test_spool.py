"""Errors on their way: none is lost between processes, and a storm fills no disk."""

import subprocess
import sys
from pathlib import Path

from bearblog.engines.alarms import spool
from bearblog.engines.alarms.spool import Spotted

ERROR = Spotted("here", "ValueError at here", 1.0)
WRITER = """
import sys
from pathlib import Path
from bearblog.engines.alarms import spool
for number in range(100):
    spool.append(Path(sys.argv[1]), spool.Spotted("here", "ValueError at here", float(number)))
"""


def test_what_was_added_is_taken_once(tmp_path: Path) -> None:
    spool.append(tmp_path, ERROR)
    assert spool.take(tmp_path) == [ERROR]
    assert spool.take(tmp_path) == []


def test_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)]) for _ in range(3)]
    number = 0
    while any(writer.poll() is None for writer in writers):
        number += len(spool.take(tmp_path))
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert number + len(spool.take(tmp_path)) == 300


def test_a_storm_ends(tmp_path: Path) -> None:
    (tmp_path / spool.FILE_NAME).write_bytes(b"x" * spool.MOST_BYTES)
    spool.append(tmp_path, ERROR)
    assert (tmp_path / spool.FILE_NAME).stat().st_size == spool.MOST_BYTES


def test_half_a_line_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / spool.FILE_NAME).write_bytes(b'{"place": "he\n')
    spool.append(tmp_path, ERROR)
    assert spool.take(tmp_path) == [ERROR]


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    assert spool.take(tmp_path / "alarms") == []
    spool.append(tmp_path / "alarms", ERROR)
    assert spool.take(tmp_path / "alarms") == [ERROR]

"""The book of alarms: changed by several processes, never half written; damaged, it begins anew."""

import subprocess
import sys
from pathlib import Path

import pytest

from bearblog.engines.alarms import changes
from bearblog.engines.alarms.book import FILE_NAME, Book
from bearblog.engines.alarms.errors import AlarmError

BREAKER = """
import sys
from pathlib import Path
from bearblog.engines.alarms import changes
from bearblog.engines.alarms.book import Book
for number in range(20):
    with Book(Path(sys.argv[1])).opened() as state:
        changes.break_(state, f"{sys.argv[2]} {number}", sentence="", mend="", now=1.0)
"""


def test_what_was_written_is_read(tmp_path: Path) -> None:
    book = Book(tmp_path / "alarms")
    with book.opened() as state:
        changes.break_(state, "unit caddy.service", sentence="It failed.", mend="Look.", now=5.0)
    [(name, alarm)] = Book(tmp_path / "alarms").read().alarms.items()
    assert (name, alarm.sentence, alarm.mend, alarm.since) == (
        "unit caddy.service",
        "It failed.",
        "Look.",
        5.0,
    )


def test_processes_at_once_lose_no_alarm(tmp_path: Path) -> None:
    breakers = [subprocess.Popen([sys.executable, "-c", BREAKER, str(tmp_path), name]) for name in "abc"]
    assert [breaker.wait() for breaker in breakers] == [0, 0, 0]
    assert len(Book(tmp_path).read().alarms) == 60


def test_what_is_not_changed_is_not_written(tmp_path: Path) -> None:
    book = Book(tmp_path)
    with book.opened() as state:
        changes.break_(state, "x", sentence="", mend="", now=1.0)
    before = (tmp_path / FILE_NAME).stat().st_ino
    with book.opened() as state:
        changes.mend(state, "y", now=2.0)
    assert (tmp_path / FILE_NAME).stat().st_ino == before


@pytest.mark.parametrize("content", ["", "{", '{"alarms": 7}', '{"alarms": {"x": {"since": "once"}}}'])
def test_a_damaged_book_begins_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    with Book(tmp_path).opened() as state:
        assert state.alarms == {}
        changes.break_(state, "x", sentence="", mend="", now=1.0)
    assert list(Book(tmp_path).read().alarms) == ["x"]


def test_an_error_in_between_changes_nothing(tmp_path: Path) -> None:
    book = Book(tmp_path)
    with pytest.raises(ZeroDivisionError), book.opened() as state:
        changes.break_(state, "x", sentence="", mend="", now=1.0)
        raise ZeroDivisionError
    assert book.read().alarms == {}


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "alarms").write_text("a file")
    with pytest.raises(AlarmError, match="cannot be read or written"), Book(tmp_path / "alarms").opened():
        pass

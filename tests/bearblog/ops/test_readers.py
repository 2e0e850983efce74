"""Counting readers by the clock, and forgetting them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from bearblog.domain.analytics.errors import AnalyticsError
from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.models import Count, Seen
from bearblog.domain.blogs.models import Blog
from bearblog.ops import duties
from tests.app_box import AppBox
from tests.logs import Log, beacon, log_line
from tests.replicas import await_true


@pytest.fixture
def log(tmp_path: Path, settings: Settings) -> Log:
    """A log without a line, on a box of its own."""
    settings.DATA_DIR, settings.RUNTIME_DIR = tmp_path, tmp_path / "runtime"
    made = Log(tmp_path)
    settings.ACCESS_LOG = str(made.path)
    return made


@pytest.fixture
def counting(log: Log, blog: Blog) -> LogReader:
    """Counts what the log tells of Alice's blog."""
    return LogReader(log.path, log.machine_id)


def readers() -> list[int]:
    return list(Count.objects.filter(kind="readers").values_list("number", flat=True))


def salts(folder: Path) -> set[str]:
    return {file.name for file in (folder / "runtime").glob("salt-*")}


def test_the_worker_counts_the_readers_of_the_log(app_box: AppBox, monkeypatch: pytest.MonkeyPatch) -> None:
    log = app_box.folder / "access.log"
    monkeypatch.setattr(
        app_box, "environment", lambda: AppBox.environment(app_box) | {"BEARBLOG_ACCESS_LOG": str(log)}
    )
    log.write_bytes(log_line(host="notes.bear.localhost") + beacon(host="notes.bear.localhost"))
    app_box.start_worker()
    await_true(lambda: app_box.value("SELECT count(*) FROM analytics_count WHERE kind = 'readers'") == 1)
    assert "Traceback" not in app_box.stop_worker()[1]


def test_a_replaced_box_counts_no_reader(log: Log, counting: LogReader, tmp_path: Path) -> None:
    log.append(log_line(), beacon(), log_line("/feed/", user_agent="Miniflux/2.2"))
    told = {
        "site": "https://elsewhere.example/",
        "prefix": "replica/20261121T024500Z-ab12cd34",
        "since": "2026-11-21T02:45:00+00:00",
    }
    (tmp_path / "superseded.json").write_text(json.dumps(told))
    duties.count_readers(counting)
    assert not Count.objects.exists()
    (tmp_path / "superseded.json").unlink()
    duties.count_readers(counting)
    assert readers() == [1]


def test_what_is_left_of_yesterday_is_counted_before_it_is_forgotten(
    log: Log, counting: LogReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = datetime(2026, 11, 20, 23, 59, 58, tzinfo=UTC)
    log.append(beacon(moment=before))
    duties.count_readers(counting)
    # The same reader, in a line that is read after midnight only.
    log.append(beacon(moment=before + timedelta(seconds=1)), beacon(moment=before + timedelta(seconds=3)))
    monkeypatch.setattr(timezone, "now", lambda: before + timedelta(seconds=4))
    duties.forget_readers(counting)
    assert readers() == [1, 1]
    assert salts(tmp_path) == {"salt-2026-11-21"}
    assert Seen.objects.count() == 2


def test_yesterday_is_forgotten_whatever_ails_the_log(log: Log, counting: LogReader, tmp_path: Path) -> None:
    log.append(beacon(moment=timezone.now() - timedelta(days=1)))
    duties.count_readers(counting)
    log.machine_id.unlink()
    with pytest.raises(AnalyticsError):
        duties.forget_readers(counting)
    assert (salts(tmp_path), Seen.objects.count()) == (set(), 0)


def test_without_a_log_there_is_only_forgetting(log: Log, db: None, settings: Settings) -> None:
    settings.ACCESS_LOG = ""
    Seen.objects.create(mark=1)
    for duty in duties.reader_duties():
        duty.run()
    assert not Seen.objects.exists()

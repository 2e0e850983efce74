"""The hour's disk and lag, noted by the clock."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from bearblog.engines.replication.models import Canary
from bearblog.engines.vitals import hours
from bearblog.engines.vitals.models import Hour
from bearblog.ops import vitals
from tests.app_box import AppBox
from tests.logs import log_line
from tests.replicas import await_true

NOW = datetime(2026, 11, 20, 12, 4, tzinfo=UTC)
THIS = hours.number_of(NOW)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _box(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def measured() -> Callable[..., None]:
    """Writes canaries of so many minutes ago."""

    def write(**lags: float | None) -> None:
        for minutes, lag in lags.items():
            moment = NOW - timedelta(minutes=int(minutes.removeprefix("ago_")))
            Canary.objects.create(moment=moment, rows={}, lag=lag)

    return write


def test_the_disk_is_noted_as_it_is_now(tmp_path: Path) -> None:
    vitals.note()
    hour = Hour.objects.get()
    usage = shutil.disk_usage(tmp_path)
    assert (hour.number, hour.disk_total, hour.requests) == (THIS, usage.total, 0)
    assert hour.disk_used == pytest.approx(usage.total - usage.free, rel=0.02)
    assert (hour.lag_typical, hour.lag_longest) == (None, None)


def test_lags_are_noted_in_their_hours(measured: Callable[..., None]) -> None:
    measured(ago_200=99.0, ago_30=2.0, ago_20=8.0, ago_10=3.0, ago_3=None, ago_1=1.5)
    vitals.note()
    lags = {hour.number - THIS: (hour.lag_typical, hour.lag_longest) for hour in Hour.objects.all()}
    assert lags == {-1: (3.0, 8.0), 0: (1.5, 1.5)}


def test_the_disk_of_the_last_hour_stays_as_it_was_seen(measured: Callable[..., None]) -> None:
    hours.note_disk(THIS - 1, hours.Disk(used=1, total=2))
    measured(ago_10=3.0)
    vitals.note()
    last = Hour.objects.get(number=THIS - 1)
    assert (last.disk_used, last.disk_total, last.lag_longest) == (1, 2, 3.0)


def test_old_hours_go() -> None:
    hours.note_lags(THIS - hours.HOURS_KEPT - 1, [1.0])
    vitals.note()
    assert [hour.number for hour in Hour.objects.all()] == [THIS]


def test_a_replaced_box_notes_nothing(tmp_path: Path) -> None:
    told = {
        "site": "https://elsewhere.example/",
        "prefix": "replica/20261121T024500Z-ab12cd34",
        "since": "2026-11-21T02:45:00+00:00",
    }
    (tmp_path / "superseded.json").write_text(json.dumps(told))
    vitals.note()
    assert not Hour.objects.exists()


def test_the_worker_notes_the_hour_and_counts_its_requests(
    app_box: AppBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = app_box.folder / "access.log"
    monkeypatch.setattr(
        app_box, "environment", lambda: AppBox.environment(app_box) | {"BEARBLOG_ACCESS_LOG": str(log)}
    )
    now = datetime.now(UTC)
    log.write_bytes(log_line(moment=now) + log_line(moment=now, status=500))
    app_box.start_worker()
    await_true(lambda: app_box.value("SELECT sum(errors) FROM vitals_hour WHERE requests = 2") == 1)
    await_true(lambda: app_box.value("SELECT count(*) FROM vitals_hour WHERE disk_used > 0") == 1)
    assert "Traceback" not in app_box.stop_worker(seconds=20)[1]

"""Requests and errors are counted by the hour in the pass that counts readers."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.models import LogPlace
from bearblog.domain.analytics.traffic import traffic_of
from bearblog.engines.access_log.line import parse
from bearblog.engines.vitals import hours
from bearblog.engines.vitals.hours import Traffic
from bearblog.engines.vitals.models import Hour
from tests.logs import NOON, Log, beacon, log_line

AT_NOON = hours.number_of(NOON)
LINES = 10_000


def counted() -> dict[int, tuple[int, int]]:
    return {hour.number - AT_NOON: (hour.requests, hour.errors) for hour in Hour.objects.all()}


@pytest.mark.usefixtures("post")
def test_every_line_is_a_request_and_a_failure_of_the_box_an_error(log: Log, reader_of: LogReader) -> None:
    log.append(log_line(), beacon(), log_line("/static/x.css"), log_line("/x/", status=404))
    log.append(log_line(method="POST", status=500), log_line(host="bear.localhost", status=502))
    reader_of.read()
    assert counted() == {0: (6, 2)}
    log.append(log_line(status=503))
    reader_of.read()
    assert counted() == {0: (7, 3)}


@pytest.mark.django_db
def test_a_line_counts_in_the_hour_of_its_own(log: Log, reader_of: LogReader) -> None:
    minutes = (-1, 0, 59, 60, 185)
    log.append(*(log_line(moment=NOON + timedelta(minutes=after)) for after in minutes))
    reader_of.read()
    assert counted() == {-1: (1, 0), 0: (2, 0), 1: (1, 0), 3: (1, 0)}


@pytest.mark.django_db
def test_what_is_not_stored_with_its_place_is_not_counted(
    log: Log, reader_of: LogReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise DatabaseError("The disk is full.")

    log.append(log_line(), log_line(status=500))
    with monkeypatch.context() as patch:
        patch.setattr(LogPlace, "save", failing)
        with pytest.raises(DatabaseError):
            reader_of.read()
    assert counted() == {}
    reader_of.read()
    assert counted() == {0: (2, 1)}


@pytest.mark.django_db
def test_a_batch_asks_the_database_for_its_hours_once(log: Log, reader_of: LogReader) -> None:
    log.append(*(log_line(moment=NOON + timedelta(seconds=20 * number)) for number in range(900)))
    with CaptureQueriesContext(connection) as asked:
        assert reader_of.read() == 900
    assert sum("vitals_hour" in query["sql"] for query in asked.captured_queries) == 1
    assert len(counted()) == 5


def test_a_line_costs_less_than_to_parse_it() -> None:
    raw = log_line()
    lines = [parse(raw)] * LINES
    assert traffic_of(lines) == {AT_NOON: Traffic(LINES, 0)}
    parsing = min(seconds(lambda: [parse(raw) for _ in range(LINES)]) for _ in range(5))
    counting = min(seconds(lambda: traffic_of(lines)) for _ in range(5))
    assert counting < parsing


def seconds(run: Callable[[], object]) -> float:
    """How long it took of the processor."""
    began = time.process_time()
    run()
    return time.process_time() - began

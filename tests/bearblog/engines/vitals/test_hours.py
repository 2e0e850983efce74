"""A row an hour: what is counted adds up, what is measured is replaced, and the old goes."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bearblog.engines.vitals import hours
from bearblog.engines.vitals.hours import Disk, Traffic
from bearblog.engines.vitals.models import Hour

pytestmark = pytest.mark.django_db

NOON = hours.number_of(datetime(2026, 11, 20, 12, 59, 59, tzinfo=UTC))


def known(number: int = NOON) -> tuple[object, ...]:
    return Hour.objects.values_list().get(number=number)[1:]


def test_an_hour_has_what_was_counted_and_measured_in_it() -> None:
    hours.add_traffic({NOON: Traffic(30, 1)})
    hours.note_disk(NOON, Disk(used=5, total=25))
    hours.note_lags(NOON, [0.5, 9.0, 0.7])
    assert known() == (30, 1, 5, 25, 0.7, 9.0)
    assert str(Hour.objects.get()) == "The hour from 2026-11-20 12:00 UTC"


def test_counts_add_up_and_measures_are_replaced() -> None:
    for used in (5, 4):
        hours.add_traffic({NOON: Traffic(30, 1), NOON + 1: Traffic(2, 0)})
        hours.note_disk(NOON, Disk(used=used, total=25))
        hours.note_lags(NOON, [float(used)])
    assert known() == (60, 2, 4, 25, 4.0, 4.0)
    assert known(NOON + 1) == (4, 0, None, None, None, None)


def test_no_traffic_and_no_lag_make_no_hour() -> None:
    hours.add_traffic({})
    hours.note_lags(NOON, [])
    assert not Hour.objects.exists()


def test_no_lag_leaves_those_that_are_noted() -> None:
    hours.note_lags(NOON, [1.5])
    hours.note_lags(NOON, [])
    assert known()[-2:] == (1.5, 1.5)


def test_the_last_hours_are_asked_for_once_and_gaps_stay_gaps() -> None:
    for number in (NOON - 3, NOON - 2, NOON, NOON + 1):
        hours.note_lags(number, [1.0])
    with CaptureQueriesContext(connection) as asked:
        assert [hour.number for hour in hours.between(NOON - 2, NOON)] == [NOON - 2, NOON]
    assert len(asked) == 1


def test_what_is_too_old_and_what_a_wrong_clock_wrote_goes() -> None:
    kept = [NOON - hours.HOURS_KEPT, NOON, NOON + 24]
    for number in (0, NOON - hours.HOURS_KEPT - 1, *kept, NOON + 25):
        hours.note_lags(number, [1.0])
    assert hours.sweep(NOON) == 3
    assert [hour.number for hour in Hour.objects.all()] == kept

"""Dates as people type them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearblog.lib import dates


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-21", datetime(2026, 11, 21, tzinfo=UTC)),
        (" 2026/1/2 ", datetime(2026, 1, 2, tzinfo=UTC)),
        ("2026-11-21 14:30", datetime(2026, 11, 21, 14, 30, tzinfo=UTC)),
        ("2026-11-21T14:30", datetime(2026, 11, 21, 14, 30, tzinfo=UTC)),
        ("2026-11-21 14:30:05", datetime(2026, 11, 21, 14, 30, 5, tzinfo=UTC)),
        ("2026-11-21T14:30:05.123Z", datetime(2026, 11, 21, 14, 30, 5, tzinfo=UTC)),
        ("2026-11-21T14:30:00+02:00", datetime(2026, 11, 21, 12, 30, tzinfo=UTC)),
        ("2026-11-21T23:30:00-0500", datetime(2026, 11, 22, 4, 30, tzinfo=UTC)),
        ("2026-11-21 14:30 UTC", datetime(2026, 11, 21, 14, 30, tzinfo=UTC)),
    ],
)
def test_what_people_type_is_read(typed: str, moment: datetime) -> None:
    assert dates.parse(typed) == moment


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "tomorrow",
        "21.11.2026",
        "2026-13-01",
        "2026-02-30",
        "2026-11-21 25:00",
        "2026-11-21 14:60",
        "0000-01-01",
        "9999-12-31T23:59:59-12:00",
        "2026-11-21T14:30:00+99:00",
        "2026-11-21 14:30 or so",
    ],
)
def test_what_names_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=".+"):
        dates.parse(typed)


@given(st.text(alphabet="0123456789-/:TZ+ .", max_size=30))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        moment = dates.parse(typed)
    except ValueError:
        return
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("typed", "zone", "moment"),
    [
        ("2026-07-01 12:00", "Europe/Berlin", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-07-01", "Asia/Seoul", datetime(2026, 6, 30, 15, tzinfo=UTC)),
        ("2026-07-01 12:00 +01:00", "Asia/Seoul", datetime(2026, 7, 1, 11, tzinfo=UTC)),
        ("2026-10-25 02:30 +02:00", "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # The clocks went forward at midnight: the day began at one o'clock.
        ("2018-11-04", "America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC)),
        # The clocks go back to midnight: the day begins at the first of the two.
        ("2026-11-01", "America/Havana", datetime(2026, 11, 1, 4, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_in_the_time_zone_it_is_meant_for(typed: str, zone: str, moment: datetime) -> None:
    assert dates.parse(typed, ZoneInfo(zone)) == moment


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-03-29 02:30", "does not exist in Europe/Berlin.*went forward over it, to 03:00"),
        ("2026-10-25 02:30", "came twice in Europe/Berlin.*\\+02:00 or \\+01:00"),
        ("2026-02-30", "does not exist"),
        ("2026-02-03 +01:00", "cannot be read"),
        ("2026-02-03 10:00 +19:00", "no clock has this offset"),
    ],
)
def test_what_the_clocks_never_showed_or_showed_twice_is_said_in_words(typed: str, words: str) -> None:
    with pytest.raises(dates.DateError, match=words):
        dates.parse(typed, ZoneInfo("Europe/Berlin"))


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2049, 12, 31)),  # noqa: DTZ001 - hypothesis wants them bare
    st.sampled_from(["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_a_written_date_is_read_as_the_same_minute(bare: datetime, name: str) -> None:
    zone, moment = ZoneInfo(name), bare.replace(tzinfo=UTC)
    again = dates.parse(dates.write(moment, zone), zone)
    assert timedelta() <= moment - again < timedelta(minutes=1)


def test_a_year_begins_when_it_begins_in_its_zone() -> None:
    start, end = dates.year_in(ZoneInfo("Asia/Seoul"), 2026)
    assert start == datetime(2025, 12, 31, 15, tzinfo=UTC)
    assert end == datetime(2026, 12, 31, 15, tzinfo=UTC)

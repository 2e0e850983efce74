"""Dates as people type them."""

from datetime import UTC, datetime

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

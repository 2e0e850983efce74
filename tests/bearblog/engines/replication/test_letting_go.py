"""Which replicas may be deleted."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bearblog.engines.replication import letting_go
from bearblog.engines.replication.current import Claim
from bearblog.engines.replication.prefixes import Prefix, Standing
from bearblog.engines.replication.source import Span

NOW = datetime(2026, 11, 21, 2, 45, tzinfo=UTC)
OLD = NOW - timedelta(days=31)
SUPERSEDED = Prefix(
    name="replica/20260101T000000Z-00c0ffee",
    standing=Standing.SUPERSEDED,
    successor=Claim("replica/20261021T024500Z-11111111", OLD),
    objects=3,
    last_written=OLD,
)
UNKNOWN = replace(SUPERSEDED, standing=Standing.UNKNOWN, successor=None)


def test_what_was_superseded_a_month_ago_may_go() -> None:
    assert letting_go.why_not(SUPERSEDED, NOW) == ""
    assert letting_go.why_not(SUPERSEDED, OLD + timedelta(days=30)) == ""


def test_what_is_unknown_and_old_may_go_when_it_is_asked_for() -> None:
    assert letting_go.why_not(UNKNOWN, NOW, unknown_too=True) == ""


def test_a_box_went_on_when_its_newest_change_came_after_the_takeover() -> None:
    for seconds, went_on in ((-3600, False), (0, False), (0.9, False), (1.1, True), (3600, True)):
        newest = OLD + timedelta(seconds=seconds)
        span = Span(SUPERSEDED.name, newest - timedelta(days=1), newest)
        assert replace(SUPERSEDED, span=span).went_on is went_on
        assert not replace(UNKNOWN, span=span).went_on
    assert not SUPERSEDED.went_on


def superseded(at: datetime) -> Prefix:
    return replace(SUPERSEDED, successor=Claim("replica/20261021T024500Z-11111111", at))


@pytest.mark.parametrize(
    ("prefix", "unknown_too", "sentence"),
    [
        (replace(SUPERSEDED, standing=Standing.LIVING), True, "is the living replica"),
        (UNKNOWN, False, "`current` does not know .* --unknown-too"),
        (
            replace(UNKNOWN, last_written=NOW),
            True,
            "last written on 2026-11-21 02:45 UTC, .* 2026-12-21 02:45",
        ),
        (
            superseded(NOW),
            False,
            "was superseded on 2026-11-21 02:45 UTC, and is kept until 2026-12-21 02:45",
        ),
        (superseded(NOW), True, "was superseded on"),
        (replace(SUPERSEDED, last_written=NOW), False, "last written on 2026-11-21 02:45 UTC, .* 2026-12-21"),
        (replace(UNKNOWN, last_written=None, objects=0), True, "holds nothing"),
        (replace(UNKNOWN, name="replica/..", last_written=OLD), True, "nothing here deletes it"),
        (replace(UNKNOWN, name="media", last_written=OLD), True, "nothing here deletes it"),
    ],
)
def test_all_else_is_kept_and_it_is_said_why(prefix: Prefix, unknown_too: bool, sentence: str) -> None:
    assert re.search(sentence, letting_go.why_not(prefix, NOW, unknown_too=unknown_too))

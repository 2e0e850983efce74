"""Which sets go, for any mixture of whole, cut short and foreign folders."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bearblog.engines.snapshots.retention import surplus

START = datetime(2026, 1, 1, tzinfo=UTC)


def stamps(nights: int) -> list[str]:
    return [f"{START + timedelta(days=night):%Y%m%dT%H%M%SZ}" for night in range(nights)]


def paths(whole: list[str], cut_short: list[str] | None = None) -> list[str]:
    files = [f"{stamp}/{name}" for stamp in whole for name in ("manifest.json", "media.txt")]
    return files + [f"{stamp}/media.txt" for stamp in cut_short or []]


def test_the_oldest_go() -> None:
    made = stamps(10)
    assert surplus(paths(made), keep=7, newest=made[-1]) == made[:3]


def test_nothing_goes_while_there_are_few() -> None:
    made = stamps(7)
    assert surplus(paths(made), keep=7, newest=made[-1]) == []


def test_sets_cut_short_push_no_whole_one_out() -> None:
    made = stamps(10)
    assert surplus(paths(made[:7], made[7:9]), keep=7, newest=made[6]) == []


def test_a_set_cut_short_goes_when_a_newer_one_is_whole() -> None:
    made = stamps(3)
    assert surplus(paths([made[0], made[2]], [made[1]]), keep=7, newest=made[2]) == [made[1]]


def test_names_that_are_no_stamps_are_not_touched() -> None:
    made = stamps(2)
    foreign = [
        "notes/manifest.json",
        "20260101/manifest.json",
        "README",
        "aside-20250101T000000Z/manifest.json",
    ]
    assert surplus([*paths(made), *foreign], keep=1, newest=made[1]) == [made[0]]


def test_a_set_made_under_a_slow_clock_stays() -> None:
    made = stamps(9)
    assert made[0] not in surplus(paths(made), keep=7, newest=made[0])


@given(
    whole=st.sets(st.sampled_from(stamps(400))),
    cut_short=st.sets(st.sampled_from(stamps(400))),
    keep=st.integers(1, 40),
    data=st.data(),
)
def test_what_is_kept_is_never_less_than_asked(
    whole: set[str], cut_short: set[str], keep: int, data: st.DataObject
) -> None:
    newest = data.draw(st.sampled_from(sorted(whole))) if whole else ""
    broken = cut_short - whole
    gone = surplus(paths(sorted(whole), sorted(broken)), keep=keep, newest=newest)
    left = whole - set(gone)
    assert len(left) >= min(keep, len(whole))
    assert len(left) <= keep + 1
    assert not whole or {newest, max(whole)} <= left
    assert all(old < young for old in set(gone) & whole for young in left - {newest})
    assert all(stamp < max(whole) for stamp in set(gone) & broken)

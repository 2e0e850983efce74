from dataclasses import replace

import pytest

from deploy.drills.curve import Minute, figures, table, words

FIRST = Minute(1, "web", 1190, 10, 0, 11_950, 12, {"Caddy": 40.0, "web": 120.0}, 4 * 2**20, None)


def minutes(*totals: float) -> list[Minute]:
    return [
        replace(FIRST, number=number, memory={"Caddy": 40.0, "web": total - 40})
        for number, total in enumerate(totals, start=1)
    ]


def missed(curve: list[Minute]) -> list[str]:
    return [figure.name for figure in figures(curve) if not figure.is_met]


def test_a_minute_is_a_line() -> None:
    assert words(FIRST) == (
        "web killed; 1,190 posts safe, 10 pending, 0 unanswered; 11,950 pages read, 12 failed; 160 MB "
        "(Caddy 40, web 120); WAL 4.0 MB; newest canary not measured yet"
    )


def test_the_curve_is_a_table_with_a_line_for_each_minute() -> None:
    assert table([FIRST, replace(FIRST, number=2, lag=0.5)]).splitlines() == [
        "| minute | killed | safe | pending | pages read | failed | MB | Caddy | web | WAL MB | lag s |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| 1 | web | 1,190 | 10 | 11,950 | 12 | 160 | 40 | 120 | 4.0 |  |",
        "| 2 | web | 1,190 | 10 | 11,950 | 12 | 160 | 40 | 120 | 4.0 | 0.5 |",
    ]


def test_memory_that_has_grown_by_less_than_a_third_since_the_fifth_minute_is_flat() -> None:
    assert missed(minutes(100, 100, 100, 100, 200, 100, 250)) == []


@pytest.mark.parametrize("totals", [(100, 100, 100, 100, 200, 270), (100, 100, 100, 100, 100, 90, 140)])
def test_memory_that_grows_is_missed(totals: tuple[float, ...]) -> None:
    assert missed(minutes(*totals)) == ["memory at the end, times that of minute 5"]


def test_a_log_that_grows_is_missed() -> None:
    assert missed([FIRST, replace(FIRST, wal=101 * 2**20)]) == ["WAL at the end"]

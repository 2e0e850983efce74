from deploy.drills.lags import PendingLags, figures, measured
from deploy.drills.ledger import PENDING, SAFE


def test_a_safe_answer_ends_the_wait_of_all_that_were_pending() -> None:
    lags = PendingLags()
    for said in (PENDING, PENDING, SAFE, SAFE):
        lags.told(said)
    assert len(lags.seconds) == 2
    first, second = lags.seconds
    assert first >= second >= 0


def test_what_is_still_pending_has_no_end() -> None:
    lags = PendingLags()
    for said in (PENDING, SAFE, PENDING):
        lags.told(said)
    assert len(lags.seconds) == 1


def test_a_lag_that_stands_in_two_rows_was_measured_once() -> None:
    assert measured([None, 0.5, 0.5, 0.7, None, 0.5]) == [0.5, 0.7, 0.5]


def test_the_longest_canary_is_promised() -> None:
    (canary,) = figures([0.5, 3.5], [], [])
    assert canary.name.endswith("p99 of 2")
    assert not canary.is_met
    assert [figure.measured for figure in figures([0.5], [2.0], [1.0, 4.0])] == [0.5, 2.0, 4.0]

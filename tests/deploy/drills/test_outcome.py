from deploy.bench.figures import Figure
from deploy.drills.outcome import Outcome, table

KEPT = Outcome(3, [Figure("posts lost, of 30", 0, most=0), Figure("longest restore", 4.25, "s")])
BROKEN = Outcome(1000, [Figure("posts lost, of 30", 1, most=0)])


def test_the_table_has_a_row_for_each_figure() -> None:
    assert table({"lost-box": KEPT, "kill": BROKEN}).splitlines()[2:] == [
        "| `lost-box` | 3 | posts lost, of 30 | 0 | at most 0 | met |",
        "| `lost-box` | 3 | longest restore | 4.25 s |  |  |",
        "| `kill` | 1,000 | posts lost, of 30 | 1 | at most 0 | MISSED |",
    ]


def test_one_broken_promise_breaks_the_outcome() -> None:
    assert KEPT.is_met
    assert not BROKEN.is_met


def test_it_goes_into_json_with_its_verdicts() -> None:
    assert BROKEN.as_json() == {"rounds": 1000, "figures": [BROKEN.figures[0].as_json()], "notes": []}

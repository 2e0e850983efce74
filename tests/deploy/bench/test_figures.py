from deploy.bench.figures import Figure, table


def test_a_figure_keeps_its_promise_or_misses_it() -> None:
    assert Figure("rate", 1.0, "", least=0.9).verdict == "met"
    assert Figure("rate", 0.8, "", least=0.9).verdict == "MISSED"
    assert Figure("wait", 3.0, "s", most=3).verdict == "met"
    assert Figure("wait", 3.1, "s", most=3).verdict == "MISSED"


def test_a_figure_without_a_promise_cannot_miss_it() -> None:
    figure = Figure("rate", 12.0, "/s")
    assert figure.is_met
    assert figure.verdict == ""


def test_the_table_says_what_was_measured_and_promised() -> None:
    rows = table([Figure("rate", 21_345.6, "/s"), Figure("wait", 0.01234, "s", most=3)]).splitlines()
    assert rows[2:] == [
        "| rate | 21,346 /s |  |  |",
        "| wait | 0.0123 s | at most 3 s | met |",
    ]


def test_a_figure_goes_into_json_with_its_verdict() -> None:
    figure = Figure("renders", 2, most=2)
    assert figure.as_json() == {
        "name": "renders",
        "measured": 2,
        "unit": "",
        "least": None,
        "most": 2,
        "verdict": "met",
    }

"""Which units are well again, by what systemd 257 says of them."""

from pathlib import Path

import pytest

from bearblog.ops import unit_states
from bearblog.ops.unit_states import NoAnswer

NOW = 1000.0


def shown(*, state: str, result: str = "success", since: float = 0, load: str = "loaded") -> str:
    return (
        f"Result={result}\nId=x.service\nLoadState={load}\nActiveState={state}\n"
        f"ActiveEnterTimestampMonotonic={since * 1e6:.0f}\n"
    )


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(shown(state="inactive"), id="a job that came to its end"),
        pytest.param(shown(state="active", since=NOW - 60), id="a service that runs for a minute"),
        pytest.param(shown(state="reloading", since=NOW - 900), id="one that reads its configuration anew"),
        pytest.param(shown(state="inactive", load="not-found"), id="one that is not installed any more"),
    ],
)
def test_it_is_well(answer: str) -> None:
    assert unit_states.well_of(answer, now=NOW) == ["x.service"]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(shown(state="failed", result="exit-code"), id="failed"),
        pytest.param(shown(state="activating", result="exit-code"), id="waiting for its next start"),
        pytest.param(shown(state="activating"), id="a job at work again"),
        pytest.param(shown(state="active", since=NOW - 59), id="started again a moment ago"),
        pytest.param(shown(state="deactivating", since=NOW - 900), id="stopping"),
    ],
)
def test_it_is_not_well_yet(answer: str) -> None:
    assert unit_states.well_of(answer, now=NOW) == []


def test_of_several_each_is_judged() -> None:
    answer = f"{shown(state='inactive')}\n{shown(state='failed', result='oom-kill').replace('x', 'y', 1)}"
    assert unit_states.well_of(answer, now=NOW) == ["x.service"]


def test_nothing_is_asked_of_no_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert unit_states.well([]) == []


def test_without_systemd_there_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoAnswer, match="does not say"):
        unit_states.well(["caddy.service"])

"""How often a thing may happen."""

import pytest
from django.core.cache import cache

from bearblog.engines.throttle import budget


@pytest.fixture(autouse=True)
def _full_budget() -> None:
    cache.clear()


def test_a_budget_is_spent_and_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 3_600_000.0)
    assert [budget.spend("like", most=2, seconds=3600) for _ in range(3)] == [True, True, False]
    assert budget.spend("other", most=2, seconds=3600)
    monkeypatch.setattr("time.time", lambda: 3_603_600.0)
    assert budget.spend("like", most=2, seconds=3600)


def test_names_are_written_down_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(cache, "set", lambda key, *rest: keys.append(key))
    budget.spend("like 203.0.113.9", most=2, seconds=3600)
    assert len(keys) == 1
    assert "203.0.113.9" not in keys[0]

"""Rows by which a restored database tells how new it is."""

import pytest

from bearblog.engines.replication import canary
from bearblog.engines.replication.models import Canary

pytestmark = pytest.mark.django_db

TABLE = "replication_canary"


def test_a_canary_counts_the_rows_of_its_moment() -> None:
    canary.write(tables=["accounts_user", TABLE], lag=None)
    written = canary.write(tables=["accounts_user", TABLE], lag=1.5)
    assert written.rows == {"accounts_user": 0, TABLE: 1}
    assert canary.newest() == written
    assert written.lag == 1.5


def test_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canary, "MOST_KEPT", 3)
    written = [canary.write(tables=[], lag=None) for _ in range(5)]
    assert list(Canary.objects.all()) == written[:1:-1]


def test_there_may_be_none() -> None:
    assert canary.newest() is None

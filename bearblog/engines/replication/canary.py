"""Writes canaries and reads the newest: plain rows, shipped like any other."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from bearblog.engines.replication.models import Canary

# Three days of one a minute.
MOST_KEPT = 3 * 24 * 60


def write(*, tables: Iterable[str], lag: float | None) -> Canary:
    """Counts the tables' rows and notes them in a new row, in one transaction; lets go of the oldest rows."""
    with transaction.atomic(durable=True):
        written = Canary.objects.create(rows=count_rows(tables), lag=lag)
        Canary.objects.filter(pk__lte=written.pk - MOST_KEPT).delete()
    return written


def newest() -> Canary | None:
    """The last one that was written, or None."""
    return Canary.objects.first()


def lags_since(moment: datetime) -> list[tuple[datetime, float]]:
    """Each canary from the moment on that knows of a lag: when it was written, and the lag in seconds."""
    known = Canary.objects.filter(moment__gte=moment).values_list("moment", "lag")
    return [(written, lag) for written, lag in known if lag is not None]


def count_rows(tables: Iterable[str]) -> dict[str, int]:
    """Rows by table."""
    with connection.cursor() as cursor:
        return {table: _count(cursor.execute(_query(table)).fetchone()) for table in tables}


def _query(table: str) -> str:
    return f"SELECT count(*) FROM {connection.ops.quote_name(table)}"  # noqa: S608 - a quoted name


def _count(row: tuple[int]) -> int:
    return row[0]

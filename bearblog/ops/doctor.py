"""Looks at everything that can silently go wrong on this box, within seconds also where nobody answers."""

import contextlib
import time
from collections.abc import Callable

from django.db import DatabaseError, connection

from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.vitals.findings import Finding, Grade, fail
from bearblog.ops import (
    examine_backups,
    examine_box,
    examine_queue,
    examine_reach,
    examine_rehearsal,
    examine_replica,
    examine_survey,
    health,
)
from bearblog.ops.lanes import Lanes, Looks, unreadable

_HERE: Looks = {
    "database": examine_box.database,
    "disk": examine_box.disk,
    "queue": examine_queue.queue,
    "letters": examine_queue.letters,
    "hosts": examine_box.hosts_folder,
    "pages": examine_box.pages,
    "canary": examine_rehearsal.canary,
    "drill": examine_rehearsal.drill,
}
_ELSEWHERE: tuple[Looks, ...] = (
    {
        "litestream": examine_replica.litestream,
        "wal": examine_replica.wal,
        "replication": examine_replica.replication,
    },
    {
        "off site": examine_replica.off_site,
        "second bucket": examine_backups.second_bucket,
        "bucket": examine_replica.bucket,
        "one writer": examine_replica.one_writer,
        "backups": examine_backups.backups,
        "newest backup": examine_backups.newest_set,
    },
    {"mail": examine_reach.mail},
    {"dns": examine_reach.main_host},
)
_MOST_SECONDS = 14.0
_LOCK_SECONDS = 3
_HEALTH_MENDS = {
    "sqlite": "Deploy a release with a newer pysqlite3.",
    "write lock": "Look which process holds the database: fuser /var/lib/bearblog/bearblog.sqlite3.",
    "migrations": "Run the playbook again, or: bearblog migrate.",
}


def examine() -> list[Finding]:
    """Everything that was looked at. Never raises: what cannot be looked at has failed."""
    began = time.monotonic()
    elsewhere = Lanes(_ELSEWHERE)
    _wait_briefly()
    here = [_from_health(check) for check in health.check_all()]
    here += [_examined(name, look) for name, look in _HERE.items()]
    here += examine_survey.examine()
    return here + elsewhere.findings(seconds=began + _MOST_SECONDS - time.monotonic())


def _wait_briefly() -> None:
    # A database that another holds is to be told of, not waited for.
    with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {_LOCK_SECONDS * 1000}")


def _examined(name: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except ReplicationError as error:
        return fail(name, str(error), "")
    except DatabaseError as error:
        return fail(name, f"The database does not answer ({error}).", "See: journalctl -u bearblog.")
    except OSError as error:
        return unreadable(name, error)


def _from_health(check: health.Check) -> Finding:
    if check.is_ok:
        return Finding(check.name, Grade.OK, check.sentence)
    return Finding(check.name, Grade.FAIL, check.sentence, _HEALTH_MENDS.get(check.name, ""))

"""Looks at everything that can silently go wrong on this box."""

from collections.abc import Callable

from django.db import DatabaseError

from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.vitals.findings import Finding, Grade, fail
from bearblog.ops import examine_box, examine_rehearsal, examine_replica, health

_EXAMINATIONS: dict[str, Callable[[], Finding]] = {
    "database": examine_box.database,
    "disk": examine_box.disk,
    "letters": examine_box.letters,
    "hosts": examine_box.hosts_folder,
    "pages": examine_box.pages,
    "litestream": examine_replica.litestream,
    "bucket": examine_replica.bucket,
    "one writer": examine_replica.one_writer,
    "replication": examine_replica.replication,
    "off site": examine_replica.off_site,
    "canary": examine_rehearsal.canary,
    "backups": examine_replica.backups,
    "drill": examine_rehearsal.drill,
}
_HEALTH_MENDS = {
    "sqlite": "Deploy a release with a newer pysqlite3.",
    "write lock": "Look which process holds the database: fuser /var/lib/bearblog/bearblog.sqlite3.",
    "migrations": "Run the playbook again, or: bearblog migrate.",
}


def examine() -> list[Finding]:
    """Everything that was looked at. Never raises: what cannot be looked at has failed."""
    healths = [_from_health(check) for check in health.check_all()]
    return [*healths, *(_examined(name, look) for name, look in _EXAMINATIONS.items())]


def _examined(name: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except ReplicationError as error:
        return fail(name, str(error), "")
    except DatabaseError as error:
        return fail(name, f"The database does not answer ({error}).", "See: journalctl -u bearblog.")
    except OSError as error:
        return fail(name, f"A file cannot be read ({error}).", "Run the playbook again.")


def _from_health(check: health.Check) -> Finding:
    if check.is_ok:
        return Finding(check.name, Grade.OK, check.sentence)
    return Finding(check.name, Grade.FAIL, check.sentence, _HEALTH_MENDS.get(check.name, ""))

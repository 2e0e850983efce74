"""The doctor's look at what waits for the worker: tasks, and letters."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django_tasks_db.models import DBTaskResult

from bearblog.engines.outbox.models import Letter
from bearblog.engines.vitals.findings import Finding, fail, ok, warning

_OLDEST_TASK = timedelta(minutes=5)
# A letter is looked for each half minute, and may wait behind many others.
_OLDEST_LETTER = timedelta(minutes=15)
_SEE_WORKER = "See that the worker runs: systemctl status bearblog-worker; journalctl -u bearblog-worker."


def queue() -> Finding:
    """Whether what is due is taken up: the oldest task, and with a provider the oldest letter."""
    tasks = DBTaskResult.objects.ready()
    ages = {"task": _age(tasks.aggregate(oldest=Min("enqueued_at"))["oldest"])}
    if settings.LETTER_BACKEND:
        queued = Letter.objects.filter(status=Letter.Status.QUEUED)
        ages["letter"] = _age(queued.aggregate(oldest=Min("created_at"))["oldest"])
    most = {"task": _OLDEST_TASK, "letter": _OLDEST_LETTER}
    late = [kind for kind, age in ages.items() if age > most[kind]]
    if late:
        waits = " and ".join(f"The oldest {kind} has waited {_minutes(ages[kind])} minutes" for kind in late)
        return fail("queue", f"{waits}.", _SEE_WORKER)
    return ok("queue", f"{tasks.count()} tasks wait, none for long.")


def letters() -> Finding:
    """Whether letters lie about that need a person."""
    counts = {
        status: Letter.objects.filter(status=status).count()
        for status in (Letter.Status.FAILED, Letter.Status.UNSURE, Letter.Status.QUEUED)
    }
    sentence = ", ".join(f"{count} {status.value}" for status, count in counts.items()) + "."
    if counts[Letter.Status.FAILED] or counts[Letter.Status.UNSURE]:
        return warning(
            "letters", sentence, "Read them at the staff desk, and send again those that should arrive."
        )
    if counts[Letter.Status.QUEUED] and not settings.LETTER_BACKEND:
        return warning("letters", sentence, "No mail provider is set; read the letters at the staff desk.")
    return ok("letters", sentence)


def _age(moment: datetime | None) -> timedelta:
    return datetime.now(UTC) - moment if moment else timedelta()


def _minutes(age: timedelta) -> int:
    return int(age.total_seconds() // 60)

"""The task that wakes the sender. The letters are in their table, so losing a task loses none of them."""

from django_tasks import task

from bearblog.engines.outbox.services import deliver_queued


@task()
def send_letters(backend_path: str) -> int:
    """Sends what is due and returns how many letters were sent."""
    return deliver_queued(backend_path)

"""The queue of tasks: with each lies the name of the request that has put it there."""

from typing import Any

from django.db import transaction
from django_tasks_db.backend import DatabaseBackend, TaskResult

from bearblog.lib import request_id

# Beside the task's arguments, where nothing else looks for a word of this name.
KEY = "request_id"


class TaskBackend(DatabaseBackend):
    """The database's queue, in which a task keeps the name of its request."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any, Any]:
        """Stores the task. Raises what the queue refuses."""
        name = request_id.current()
        with transaction.atomic():
            result: TaskResult[Any, Any] = super().enqueue(task, args, kwargs)
            if name:
                row = result.db_result
                row.args_kwargs[KEY] = name
                row.save(update_fields=("args_kwargs",))
        return result

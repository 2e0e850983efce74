"""The loop that runs tasks, each for the request that has asked for it."""

from typing import Any

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from bearblog.lib import request_id
from bearblog.ops.task_backend import KEY


class TaskLoop(Worker):
    """Runs what lies in the queue; the lines about a task, and what it enqueues, carry its request's name."""

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Runs one task, and notes what came of it."""
        with request_id.carried(db_task_result.args_kwargs.get(KEY, "")):
            super().run_task(db_task_result)

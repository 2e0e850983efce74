"""A task works for the request that has asked for it, also after the worker was started anew."""

import pytest
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from bearblog.lib import request_id
from bearblog.ops.task_loop import TaskLoop
from bearblog.ops.worker import return_running_tasks
from tests.journal_lines import journal_lines

NAME = "706bb34f-8253-4024-8414-7bc3d2f4edc8"

pytestmark = pytest.mark.usefixtures("committed_db")

names: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    names.clear()


@task()
def note(times: int, *, is_last: bool = False) -> None:
    """Notes for which request it runs, and leaves the rest to another task."""
    names.append(request_id.current())
    if times > 1:
        note.enqueue(times - 1, is_last=True)


@task()
def fail() -> None:
    """Goes wrong."""
    raise ValueError("one\ntwo")


def run_all() -> None:
    loop = TaskLoop(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    loop.run()


def test_a_task_and_what_it_enqueues_run_for_one_request() -> None:
    with request_id.carried(NAME):
        note.enqueue(3)
    run_all()
    assert names == [NAME] * 3
    assert request_id.current() == ""
    assert {row.status for row in DBTaskResult.objects.all()} == {TaskResultStatus.SUCCESSFUL}


def test_a_task_that_nobody_asked_for_runs_for_no_request() -> None:
    note.enqueue(1)
    assert DBTaskResult.objects.get().args_kwargs == {"args": [1], "kwargs": {}}
    run_all()
    assert names == [""]


def test_a_task_that_a_crash_left_running_still_knows_its_request() -> None:
    with request_id.carried(NAME):
        note.enqueue(1)
    DBTaskResult.objects.get().claim("a worker that is gone")
    run_all()
    assert names == []
    assert return_running_tasks() == 1
    run_all()
    assert names == [NAME]


def test_what_fails_is_logged_for_its_request() -> None:
    with request_id.carried(NAME):
        fail.enqueue()
    with journal_lines("django_tasks") as lines:
        run_all()
    begun, failed = lines
    assert begun["request_id"] == failed["request_id"] == NAME
    assert failed["exception"].endswith("ValueError: one\ntwo")

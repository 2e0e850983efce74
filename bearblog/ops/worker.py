"""The worker: one process with a loop for tasks and clocks for duties."""

import logging
import signal
import sys
import threading
import time
from types import FrameType

from django.conf import settings
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bearblog.domain.blogs import hosts
from bearblog.domain.transfer import openings
from bearblog.engines.outbox import services as outbox
from bearblog.engines.replication import superseded
from bearblog.lib import systemd
from bearblog.ops import alarm_duties, box, duties, lag, stored_pages
from bearblog.ops.clock import Clock, Duty
from bearblog.ops.standing import StandingAnswers
from bearblog.ops.task_loop import TaskLoop

logger = logging.getLogger(__name__)

_POLL_SECONDS = 1.0
_PATIENCE = 0.5


class Worker:
    """Heals what a crash left behind, then serves until SIGTERM."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        watch = Duty("Watching for a successor", 1, self._pause_when_superseded)
        self._clock = Clock("duties", [*duties.clock_duties(), watch])
        self._link_duties = stored_pages.link_duties()
        mirror = box.media_mirror()
        # Two threads may copy, one at a time: the clock's, and whoever waits for a picture to be safe.
        self._answers = StandingAnswers(mirror) if mirror and settings.STANDING_SOCKET else None
        self._clocks = [
            self._clock,
            Clock("readers", duties.reader_duties()),
            Clock("letters", duties.letter_duties()),
            Clock("media", duties.media_duties(mirror)),
            Clock("domains", duties.domain_duties()),
            Clock("past", duties.past_duties()),
            Clock("pages", self._link_duties),
            Clock("upkeep", stored_pages.upkeep_duties()),
            Clock("canary", lag.canary_duties()),
            Clock("alarms", alarm_duties.alarm_duties()),
        ]
        self._tasks = TaskLoop(
            queue_names=["*"],
            interval=_POLL_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Runs tasks and duties. Returns, or raises SystemExit, when told to stop."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        # Asked before anything runs: a box that slept while another took over must not do its work again.
        self._clock.perform(duties.standing_duty())
        heal()
        # Whoever waits for the worker finds readers led to the newest pages.
        for duty in self._link_duties:
            self._clock.perform(duty)
        for clock in self._clocks:
            clock.start()
        if self._answers is not None:
            self._answers.start()
        systemd.notify("READY=1")
        try:
            while not self._stopping.is_set():
                self._run_tasks()
        finally:
            systemd.notify("STOPPING=1")
            self._stop_clocks()

    def _stop_clocks(self) -> None:
        # All are told before any is waited for, or each would hold up the end of the process on its own.
        for clock in self._clocks:
            clock.stop(0)
        until = time.monotonic() + _PATIENCE
        for clock in self._clocks:
            clock.stop(max(0.0, until - time.monotonic()))

    def _run_tasks(self) -> None:
        # A replaced box runs no tasks: its successor has the same ones queued, and would do them twice.
        if superseded.is_superseded(box.superseded_file()):
            self._stopping.wait(_POLL_SECONDS)
            return
        self._tasks.running = not self._stopping.is_set()
        self._tasks.run()

    def _pause_when_superseded(self) -> None:
        if superseded.is_superseded(box.superseded_file()):
            self._tasks.running = False

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()
        self._tasks.running = False
        if not self._tasks.running_task:
            sys.exit(0)


def heal() -> None:
    """Brings back what a crash, or a restore, left half done."""
    returned = return_running_tasks()
    unsure = outbox.recover()
    granted, revoked = hosts.rebuild()
    openings.close_all()
    logger.info(
        "Worker starts: %d tasks returned to the queue, %d letters of unknown fate, %d hosts set right.",
        returned,
        unsure,
        granted + revoked,
    )


def return_running_tasks() -> int:
    """Puts tasks that no worker runs any more back into the queue; returns how many."""
    return DBTaskResult.objects.running().update(status=TaskResultStatus.READY, started_at=None)

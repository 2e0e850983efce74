"""Says at the end of a run how many seconds each play took, and which tasks took the longest."""

import json
import time
from pathlib import Path

from ansible.playbook.play import Play
from ansible.playbook.task import Task
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: seconds
type: aggregate
short_description: Seconds of each play, and the longest tasks
description: Says at the end of a run how many seconds each play took, and which tasks took the longest.
options:
  moments_file:
    description: A file that gets a line of JSON for each task, when it began by the monotonic clock.
    type: path
    env:
      - name: BEARBLOG_MOMENTS_FILE
"""

_LONGEST = 8


class CallbackModule(CallbackBase):
    """Ansible's own profiling callbacks are not part of ansible-core."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "seconds"

    def __init__(self) -> None:
        super().__init__()
        self._plays: list[tuple[str, float]] = []
        self._tasks: list[tuple[str, float]] = []

    def v2_playbook_on_play_start(self, play: Play) -> None:
        self._plays.append((play.get_name(), time.monotonic()))

    def v2_playbook_on_task_start(self, task: Task, is_conditional: bool) -> None:
        self._tasks.append((task.get_name(), time.monotonic()))
        if file := self.get_option("moments_file"):
            with Path(file).open("a", encoding="utf-8") as stream:
                stream.write(f"{json.dumps(self._tasks[-1])}\n")

    def v2_playbook_on_handler_task_start(self, task: Task) -> None:
        self.v2_playbook_on_task_start(task, False)

    def v2_playbook_on_stats(self, stats: object) -> None:
        end = time.monotonic()
        for name, seconds in _durations(self._plays, end):
            self._display.display(f"{seconds:6.1f} s  {name}")
        longest = sorted(_durations(self._tasks, end), key=lambda task: task[1], reverse=True)[:_LONGEST]
        self._display.display("longest: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in longest))


def _durations(begun: list[tuple[str, float]], end: float) -> list[tuple[str, float]]:
    moments = [moment for _, moment in begun[1:]] + [end]
    return [(name, until - moment) for (name, moment), until in zip(begun, moments, strict=True)]

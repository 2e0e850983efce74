"""A thread that runs duties, each at its own pace; what fails is logged and tried again."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import close_old_connections, connections

logger = logging.getLogger(__name__)

_TICK = 1.0


@dataclass(frozen=True)
class Duty:
    """Something to do every so many seconds, and the errors with a sentence that it may raise."""

    name: str
    seconds: float
    run: Callable[[], object]
    expected: tuple[type[Exception], ...] = ()


class Clock:
    """Runs duties one after the other until it is stopped. A long duty wants a clock of its own."""

    def __init__(self, name: str, duties: Sequence[Duty]) -> None:
        self._due = dict.fromkeys(duties, 0.0)
        self._complaints: dict[str, str] = {}
        self._stopping = threading.Event()
        # A daemon: a duty that waits for a dead bucket must not hold up the end of the process.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Starts the first round at once."""
        self._thread.start()

    def stop(self, patience: float) -> None:
        """Starts no further duty, and waits that many seconds for the one under way."""
        self._stopping.set()
        self._thread.join(patience)

    def perform(self, duty: Duty) -> None:
        """Runs one duty now. Says a known trouble once, not at each attempt, and says when it is over."""
        try:
            duty.run()
        except duty.expected as error:
            if self._complaints.get(duty.name) != str(error):
                logger.warning("%s: %s", duty.name, error)
            self._complaints[duty.name] = str(error)
        except Exception:
            logger.exception("%s failed", duty.name)
        else:
            if self._complaints.pop(duty.name, None) is not None:
                logger.info("%s works again", duty.name)

    def _run(self) -> None:
        while not self._stopping.is_set():
            for duty, due in list(self._due.items()):
                if time.monotonic() >= due and not self._stopping.is_set():
                    close_old_connections()
                    self.perform(duty)
                    self._due[duty] = time.monotonic() + duty.seconds
            self._stopping.wait(_TICK)
        connections.close_all()

"""Waits, bounded, until what is committed is safe off the box: shipped by the box that the bucket names.

The order makes it true. A restoring box writes `current` first and reads the old prefix after: a look that
began after the upload and finds this box named means that whoever restores later finds the upload.
"""

import logging
import os
import threading
from enum import Enum

from bearblog.engines.replication import control, standing
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.shared_sync import Answer, SharedSync

logger = logging.getLogger(__name__)

_ASK_SECONDS = 5.0


class Safety(Enum):
    """Where the last commit is: in the bucket, on this box alone for now, or on a box without a bucket."""

    SAFE = "safe"
    PENDING = "pending"
    NO_BUCKET = "no-bucket"


class Durable:
    """What a process asks after its commits; those who come while one question is under way share the next.

    After a wait has run out all are told PENDING at once, until a question asked each second is answered.
    """

    def __init__(self, *, sync_socket: str, standing_socket: str, most_waiting: int) -> None:
        self._sync_socket, self._standing_socket = sync_socket, standing_socket
        self._most_waiting = most_waiting
        self._starting = threading.Lock()
        self._process = 0

    def wait(self, seconds: float) -> Safety:
        """SAFE if all that was committed before this call is in the bucket, within so many seconds.

        Never raises: whatever is wrong or late is PENDING.
        """
        self._start_once()
        # Threads that wait serve no page: some must be left.
        if not self._places.acquire(blocking=False):
            return Safety.PENDING
        try:
            answer = self._shared.wait(seconds)
        finally:
            self._places.release()
        return Safety.SAFE if answer.status == 200 else Safety.PENDING

    def _start_once(self) -> None:
        with self._starting:
            # Threads do not come along when a server makes its workers by forking.
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            self._places = threading.BoundedSemaphore(self._most_waiting)
            self._shared = SharedSync(self._ask, _refusal)
            threading.Thread(target=self._shared.run, name="durable", daemon=True).start()

    def _ask(self) -> Answer:
        try:
            result = control.sync(self._sync_socket, timeout=_ASK_SECONDS)
            if not result.is_replicated:
                return _refusal(503, "The replica lags behind the database.")
            standing.ask(self._standing_socket, timeout=_ASK_SECONDS)
        except ReplicationError as error:
            return _refusal(503, str(error))
        except Exception as error:
            logger.exception("Asking for the copy off the box failed")
            return _refusal(500, str(error))
        return Answer(200, b"")


def _refusal(status: int, sentence: str) -> Answer:
    return Answer(status, sentence.encode())

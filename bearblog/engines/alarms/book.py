"""The book of alarms: a file that web, worker and commands change one after the other."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bearblog.engines.alarms import state as states
from bearblog.engines.alarms.errors import AlarmError
from bearblog.engines.alarms.state import State
from bearblog.lib import file_lock

logger = logging.getLogger(__name__)

FILE_NAME = "alarms.json"
_WAIT = 10.0


class Book:
    """The alarms of a box, in a folder of their own: they need no database, and no restore brings any."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / FILE_NAME

    @contextmanager
    def opened(self) -> Iterator[State]:
        """The state, held while the block changes it, and then kept. Raises AlarmError."""
        try:
            with file_lock.held(self.folder / ".book.lock", wait=_WAIT):
                before = self._content()
                state = self._decoded(before)
                yield state
                after = states.encode(state)
                if after != before:
                    self._replace(after)
        except file_lock.Busy as error:
            raise AlarmError(f"{self._file} is held by another process.") from error
        except OSError as error:
            raise AlarmError(f"{self._file} cannot be read or written ({error}).") from error

    def read(self) -> State:
        """The state as it is now. Raises AlarmError."""
        try:
            return self._decoded(self._content())
        except OSError as error:
            raise AlarmError(f"{self._file} cannot be read ({error}).") from error

    def _content(self) -> bytes:
        return self._file.read_bytes() if self._file.exists() else b""

    def _decoded(self, content: bytes) -> State:
        try:
            return states.decode(content) if content else State()
        except msgspec.DecodeError as error:
            # An alarm that is told twice is better than none.
            logger.warning("%s is damaged and begins anew: %s", self._file, error)
            return State()

    def _replace(self, content: bytes) -> None:
        fresh = self._file.with_name(f".{self._file.name}.new")
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self._file)

"""A lock that all processes of the box share: a file that one of them holds at a time."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.05


class Busy(Exception):
    """Somebody else holds the lock, and the time to wait is over."""


@contextmanager
def held(file: Path, *, wait: float = 0) -> Iterator[None]:
    """Holds the lock within the block; whoever dies lets go of it. Raises Busy after so many seconds."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor, time.monotonic() + wait)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise Busy from error
            time.sleep(_PAUSE)
        else:
            return

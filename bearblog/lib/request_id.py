"""The name of the request for which something happens: it goes from the web server to the last task.

It lives in the context of a thread, so that whoever writes a line of the log need not be told.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "X-Request-Id"

LONGEST = 36
_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The name of the request that is at work; empty where none is."""
    return _current.get()


def make() -> str:
    """A name that no other request has."""
    return str(uuid.uuid4())


def begin(sent: str) -> str:
    """Notes which request this thread serves from now on; returns its name: the one sent, if it is one."""
    name = sent if _SHAPE.fullmatch(sent) else make()
    _current.set(name)
    return name


def end() -> None:
    """Notes that this thread serves no request any more."""
    _current.set("")


@contextmanager
def carried(name: str) -> Iterator[None]:
    """Works for the request of this name, or for none, until the block ends."""
    before = _current.set(name)
    try:
        yield
    finally:
        _current.reset(before)

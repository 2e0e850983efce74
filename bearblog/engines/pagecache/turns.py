"""One render of a page at a time in this process: the others wait a little, and then look at the disk."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bearblog.engines.pagecache.places import Place

PATIENCE = 0.5


@dataclass
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: int = 0


_turns: dict[Place, _Turn] = {}
_guard = threading.Lock()


@contextmanager
def turn(place: Place, *, patience: float = PATIENCE) -> Iterator[bool]:
    """Whether it is our turn to make and store the page; not where another takes too many seconds for it."""
    with _guard:
        mine = _turns.setdefault(place, _Turn())
        mine.waiting += 1
    is_ours = mine.lock.acquire(timeout=patience)
    try:
        yield is_ours
    finally:
        if is_ours:
            mine.lock.release()
        with _guard:
            mine.waiting -= 1
            if not mine.waiting:
                del _turns[place]

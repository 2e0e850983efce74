"""How far back the rounds of a duty look."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

_SECONDS_WHOLE = 60.0
# A change is dated before it is committed.
_OVERLAP = timedelta(seconds=10)


class Rounds:
    """Rounds that each look at what came since the last, with some overlap; once a minute at everything."""

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._next_whole = 0.0

    @contextmanager
    def round(self, *, is_whole: bool = False) -> Iterator[datetime | None]:
        """The moment from which on to look, None for everything. A round that fails does not count."""
        began, ticks = timezone.now(), time.monotonic()
        is_whole = is_whole or self._last is None or ticks >= self._next_whole
        yield None if is_whole or self._last is None else self._last - _OVERLAP
        self._last = began
        if is_whole:
            self._next_whole = ticks + _SECONDS_WHOLE

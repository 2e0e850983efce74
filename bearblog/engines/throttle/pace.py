"""How much one address may ask for in a minute, kept in the memory of this process alone."""

import threading
import time

_MINUTE = 60_000_000_000


class Pace:
    """So many a minute for each name; what is not used of it is saved up for a minute, and no longer."""

    def __init__(self, a_minute: int, *, most_names: int = 20_000) -> None:
        self._interval = _MINUTE // a_minute
        self._most_names = most_names
        # When each has its whole minute again (a leaky bucket's fill, as a time); who came last stands last.
        self._whole_at: dict[int, int] = {}
        self._lock = threading.Lock()

    def spend(self, name: str) -> int:
        """Takes one from what the name has left: 0, or where nothing is left the seconds until there is."""
        # Names are addresses of readers: what is kept means nothing outside this process.
        key, now = hash(name), time.monotonic_ns()
        with self._lock:
            self._forget(now)
            whole_at = max(self._whole_at.get(key, now), now) + self._interval
            if whole_at - now > _MINUTE:
                return -((now + _MINUTE - whole_at) // 1_000_000_000)
            self._whole_at.pop(key, None)
            self._whole_at[key] = whole_at
        return 0

    def __len__(self) -> int:
        """How many names have not their whole minute."""
        return len(self._whole_at)

    def _forget(self, now: int) -> None:
        while self._whole_at:
            key, whole_at = next(iter(self._whole_at.items()))
            if whole_at > now and len(self._whole_at) < self._most_names:
                return
            del self._whole_at[key]

"""One request to Litestream at a time, shared by all who wait; nobody waits for a bucket known to be dead."""

import threading
import time
from collections.abc import Callable

PROBE_SECONDS = 1.0


# Plain classes: the dataclasses module alone would cost the forwarder a quarter of its memory.
class Answer:
    """An HTTP status and its JSON."""

    def __init__(self, status: int, content: bytes) -> None:
        self.status = status
        self.content = content


class _Round:
    """One request to come: who joins before it starts shares its answer."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.waiting = 0
        self.answer: Answer | None = None


class SharedSync:
    """Waiters join the next round; a thread of `run` makes one request for each round."""

    def __init__(self, ask: Callable[[], Answer], refusal: Callable[[int, str], Answer]) -> None:
        self._ask = ask
        self._refusal = refusal
        self._changed = threading.Condition()
        self._next = _Round()
        self._is_broken = False
        self._is_over = False

    def wait(self, seconds: float) -> Answer:
        """The answer of the first request that starts after this call, or a refusal."""
        with self._changed:
            if self._is_broken:
                return self._refusal(
                    503, "Litestream did not ship the last save; it is asked again each second."
                )
            joined = self._next
            joined.waiting += 1
            self._changed.notify()
        if not joined.done.wait(seconds):
            with self._changed:
                self._is_broken = not joined.done.is_set()
                self._changed.notify()
        if joined.answer is None:
            return self._refusal(504, f"Litestream did not ship the save within {seconds:.1f} seconds.")
        return joined.answer

    def run(self) -> None:
        """Serves rounds until `stop`."""
        while (begun := self._begin()) is not None:
            self._serve(begun)

    def stop(self) -> None:
        """Has `run` ask no more, once the round that is under way is over."""
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def _begin(self) -> _Round | None:
        with self._changed:
            while not (self._next.waiting or self._is_broken or self._is_over):
                self._changed.wait()
            if self._is_over:
                return None
            begun, self._next = self._next, _Round()
        return begun

    def _serve(self, begun: _Round) -> None:
        answer = self._ask()
        with self._changed:
            self._is_broken = answer.status != 200
            begun.answer = answer
            begun.done.set()
        if self._is_broken:
            time.sleep(PROBE_SECONDS)

"""How long what was written took to the bucket, by what authors were told and by the worker's canaries."""

import statistics
import threading
import time
from collections.abc import Sequence

from deploy.bench.figures import Figure
from deploy.drills.ledger import SAFE

_LONGEST = 3.0


class PendingLags:
    """Seconds from each answer "pending" to the next "safe" that any author got."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._since: list[float] = []
        self._lock = threading.Lock()

    def told(self, said: str) -> None:
        """Takes the word of an answer."""
        with self._lock:
            now = time.monotonic()
            if said == SAFE:
                self.seconds += [now - since for since in self._since]
                self._since.clear()
            else:
                self._since.append(now)


def measured(rows: Sequence[float | None]) -> list[float]:
    """Each lag of the canaries' rows once: one that is not seen in time leaves the one before in its row."""
    known = [lag for lag in rows if lag is not None]
    return [lag for lag, last in zip(known, [None, *known], strict=False) if lag != last]


def figures(canaries: Sequence[float], saves: Sequence[float], pending: Sequence[float]) -> list[Figure]:
    """The longest ways, in seconds; of what was not measured there is no figure."""
    made = []
    if canaries:
        name = f"canary, from commit to upload, p99 of {len(canaries)}"
        made.append(Figure(name, _p99(canaries), "s", most=_LONGEST))
    if saves:
        made.append(Figure(f"save, until it is answered, p99 of {len(saves):,}", _p99(saves), "s"))
    if pending:
        made.append(Figure(f"from pending to safe, longest of {len(pending):,}", max(pending), "s"))
    return made


def _p99(seconds: Sequence[float]) -> float:
    if len(seconds) == 1:
        return seconds[0]
    return statistics.quantiles(seconds, n=100, method="inclusive")[-1]

"""Waits for several slow answers at once, and tells meanwhile how it goes."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TypeVar

_TELL_SECONDS = 2.0
_AT_ONCE = 4

T = TypeVar("T")

Tell = Callable[[int, float], None]


def all_of(asks: Sequence[Callable[[], T]], tell: Tell) -> list[T]:
    """All answers, in their order. Every two seconds it tells how many have come, and after how many seconds.

    Raises what the first ask that failed raised; what was not begun then is left out.
    """
    started = time.monotonic()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        pending = [pool.submit(ask) for ask in asks]
        try:
            while True:
                done, left = wait(pending, timeout=_TELL_SECONDS, return_when=FIRST_EXCEPTION)
                for answer in done:
                    answer.result()
                if not left:
                    return [answer.result() for answer in pending]
                tell(len(done), time.monotonic() - started)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

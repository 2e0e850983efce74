"""A steady stream of requests, sent on time whether or not the earlier ones have been answered."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx


@dataclass
class Outcome:
    """What came of a stream: seconds from due time to answer, and what went wrong."""

    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def longest(self) -> float:
        return max(self.waits, default=0.0)


@contextmanager
def stream(client: httpx.Client, url: str, *, rate: int) -> Iterator[Outcome]:
    """Sends `rate` requests a second while the block runs; the outcome is complete when it has ended."""
    outcome = Outcome()
    ended = threading.Event()

    def ask(due: float) -> None:
        try:
            answer = client.get(url)
        except httpx.HTTPError as error:
            outcome.failures.append(repr(error))
        else:
            outcome.waits.append(time.monotonic() - due)
            if answer.status_code != 200:
                outcome.failures.append(f"status {answer.status_code}")

    def send(pool: ThreadPoolExecutor, asked: list[Future[None]]) -> None:
        began = time.monotonic()
        number = 0
        while not ended.wait(max(0.0, began + number / rate - time.monotonic())):
            asked.append(pool.submit(ask, began + number / rate))
            number += 1

    asked: list[Future[None]] = []
    with ThreadPoolExecutor(max_workers=4 * rate) as pool:
        sender = threading.Thread(target=send, args=(pool, asked))
        sender.start()
        try:
            yield outcome
        finally:
            ended.set()
            sender.join()
    for future in asked:
        future.result()

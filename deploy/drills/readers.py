"""Readers who ask for pages at an even pace, each over one connection that it opens again when it is cut."""

import asyncio
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from deploy.bench import reader
from deploy.bench.reader import Door

_AGAIN_SECONDS = 0.2
# So far behind, a reader catches up; what was due before is never asked for.
_CATCH_UP_SECONDS = 1.0


@dataclass(frozen=True)
class Course:
    """What one reader asks of one host, again and again, a page each so many seconds."""

    host: str
    paths: Sequence[str]
    every: float


@dataclass
class Reading:
    """What readers met so far: pages, and how often which error came in the place of one."""

    pages: int = 0
    failures: Counter[str] = field(default_factory=Counter)


@contextmanager
def reading(door: Door, courses: Sequence[Course]) -> Iterator[Reading]:
    """Lets one reader follow each course until the block ends."""
    met, ended = Reading(), threading.Event()

    async def follow_all() -> None:
        await asyncio.gather(*(_follow(door, course, met, ended) for course in courses))

    thread = threading.Thread(target=asyncio.run, args=(follow_all(),))
    thread.start()
    try:
        yield met
    finally:
        ended.set()
        thread.join()


async def _follow(door: Door, course: Course, met: Reading, ended: threading.Event) -> None:
    # Not in step with the others.
    due = time.monotonic() + random.uniform(0, course.every)  # noqa: S311 - no secret
    paths = itertools.cycle(course.paths)
    while not ended.is_set():
        try:
            async with reader.reading(door, course.host) as one:
                while not ended.is_set():
                    await asyncio.sleep(max(0.0, due - time.monotonic()))
                    due = max(due + course.every, time.monotonic() - _CATCH_UP_SECONDS)
                    path = next(paths)
                    answer = await one.get(path)
                    met.pages += answer.status == 200
                    if answer.status != 200:
                        met.failures[f"{answer.status} for {course.host}{path}"] += 1
        except (OSError, EOFError) as error:
            met.failures[type(error).__name__] += 1
            await asyncio.sleep(_AGAIN_SECONDS)

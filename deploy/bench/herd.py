"""Five hundred readers at once ask for a page that was just changed: how often is it rendered?"""

import asyncio
import statistics
import time
from dataclasses import asdict, dataclass

from deploy.bench import cache_counts
from deploy.bench.author import Author, read_number
from deploy.bench.figures import Figure
from deploy.bench.reader import Answer, Reader, connect
from deploy.bench.report import Report
from deploy.bench.testbed import Testbed

_READERS = 500
_ROUNDS = 5
_AT_ONCE = 50


@dataclass(frozen=True)
class Stampede:
    """One round: renders, seconds in which all had asked and all were answered, and answers of each kind."""

    renders: int
    asked: float
    answered: float
    slowest: float
    stale: int
    not_found: int


def measure(bed: Testbed) -> Report:
    """Renders and waits of several rounds."""
    rounds = asyncio.run(_rounds(bed))
    figures = [
        Figure(
            f"herd: renders for {_READERS} readers of a changed page, most of {_ROUNDS} rounds",
            max(one.renders for one in rounds),
            "",
            most=2,
        ),
        Figure(
            "herd: all answered within, median",
            1000 * statistics.median(one.answered for one in rounds),
            "ms",
        ),
        Figure(
            "herd: answers that were stale or no page",
            sum(one.stale + one.not_found for one in rounds),
            "",
            most=0,
        ),
    ]
    return Report(figures, {"stampedes": [asdict(one) for one in rounds]})


async def _rounds(bed: Testbed) -> list[Stampede]:
    author = bed.author(30)
    author.publish()
    readers = await _connect(bed, bed.host(author.blog))
    try:
        return [await _stampede(bed, author, readers) for _ in range(_ROUNDS)]
    finally:
        await asyncio.gather(*(reader.close() for reader in readers))


async def _connect(bed: Testbed, host: str) -> list[Reader]:
    # Connections that are there already: what is tried is pages, not handshakes.
    readers: list[Reader] = []
    while len(readers) < _READERS:
        readers += await asyncio.gather(*(connect(bed.door, host) for _ in range(_AT_ONCE)))
    return readers


async def _stampede(bed: Testbed, author: Author, readers: list[Reader]) -> Stampede:
    number = author.publish()
    before = cache_counts.totals(bed).renders
    began = time.monotonic()
    for reader in readers:
        reader.ask(author.path)
    asked = time.monotonic() - began
    answers: list[Answer] = await asyncio.gather(*(reader.answer() for reader in readers))
    return Stampede(
        renders=cache_counts.totals(bed).renders - before,
        asked=asked,
        answered=time.monotonic() - began,
        slowest=max(answer.seconds for answer in answers),
        stale=sum(answer.status == 200 and read_number(answer.body) < number for answer in answers),
        not_found=sum(answer.status != 200 for answer in answers),
    )

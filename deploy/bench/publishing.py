"""From the press of the button to the new words at the reader's address."""

import asyncio
import functools
import statistics
import time

from deploy.bench.author import Author, read_number
from deploy.bench.figures import Figure
from deploy.bench.reader import Answer, reading, until
from deploy.bench.report import Report
from deploy.bench.testbed import Testbed

_SAVES = 20


def measure(bed: Testbed) -> Report:
    """Milliseconds over a number of saves, while a reader asks for the page again and again."""
    visible, answered = asyncio.run(_saves(bed))
    figures = [
        Figure("save to visible at the reader's address, median", statistics.median(visible), "ms", most=100),
        Figure(f"save to visible, longest of {_SAVES}", max(visible), "ms"),
        Figure("save to the author's answer, median", statistics.median(answered), "ms"),
    ]
    return Report(figures, {"visible": visible, "answered": answered})


async def _saves(bed: Testbed) -> tuple[list[float], list[float]]:
    author = bed.author(31)
    author.publish()
    visible, answered = [], []
    async with reading(bed.door, bed.host(author.blog)) as reader:
        await reader.get(author.path)
        for _ in range(_SAVES):
            wanted = author.number + 1
            began = time.monotonic()
            save = asyncio.create_task(asyncio.to_thread(_save, author))
            seen = await until(reader, author.path, functools.partial(_shows, wanted))
            visible.append(1000 * (seen - began))
            answered.append(1000 * (await save - began))
            # As people do: the next save is another moment's.
            await asyncio.sleep(0.3)
    return visible, answered


def _shows(number: int, answer: Answer) -> bool:
    return read_number(answer.body) >= number


def _save(author: Author) -> float:
    author.publish()
    return time.monotonic()

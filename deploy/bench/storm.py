"""Twenty blogs publish once a second while readers read: is any page older than what was published?"""

import asyncio
import itertools
import random
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field

import httpx

from deploy.bench.author import Author, read_number
from deploy.bench.figures import Figure
from deploy.bench.load import Generator, Load, Page
from deploy.bench.reader import Reader, reading
from deploy.bench.report import Report, loads_as_json
from deploy.bench.testbed import Testbed

_AUTHORS = 20
_STORM_SECONDS, _BEFORE_SECONDS = 60, 15
_READERS_OF_BLOG = 2
# Of one looking reader, between two pages.
_PAUSE_SECONDS = 0.2
# Of wrk's readers, mean: together they ask for some three thousand pages a second.
_PAUSE_MILLISECONDS = 10


@dataclass
class Weather:
    """What happened in the storm."""

    published: dict[str, int] = field(default_factory=dict)
    saves: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    looked: int = 0
    stale: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def measure(bed: Testbed) -> Report:
    """Stale pages, errors and the waits of cached readers, before the storm and in it."""
    authors = [bed.author(number) for number in range(40, 40 + _AUTHORS)]
    cached = [Page(bed.host(blog), path) for blog in bed.blogs[100:] for path in ("/", "/blog/", "/post-1/")]
    weather = Weather({author.blog: author.publish() for author in authors})
    ended = threading.Event()
    with ThreadPoolExecutor(max_workers=_AUTHORS + 1) as pool:
        looking = pool.submit(asyncio.run, _look(bed, authors, weather, ended))
        try:
            before = _read_cached(bed.generator, cached, _BEFORE_SECONDS)
            publishing = [
                pool.submit(_publish, author, weather, ended, number / _AUTHORS)
                for number, author in enumerate(authors)
            ]
            during = _read_cached(bed.generator, cached, _STORM_SECONDS)
        finally:
            ended.set()
        for done in (looking, *publishing):
            done.result()
    rounds = {**loads_as_json({"before": [before], "during": [during]}), "weather": asdict(weather)}
    return Report(_figures(weather, before, during), rounds)


def _read_cached(generator: Generator, pages: list[Page], seconds: float) -> Load:
    return generator.fire(pages, seconds=seconds, pause=_PAUSE_MILLISECONDS)


def _publish(author: Author, weather: Weather, ended: threading.Event, late: float) -> None:
    """Saves once a second, on the second, until the storm is over."""
    due = time.monotonic() + late
    while not ended.wait(max(0.0, due - time.monotonic())):
        due += 1
        began = time.monotonic()
        try:
            # From the answer on, nobody may read what was before.
            weather.published[author.blog] = author.publish()
        except httpx.HTTPError as error:
            weather.refused.append(repr(error))
        else:
            weather.saves.append(time.monotonic() - began)


async def _look(bed: Testbed, authors: list[Author], weather: Weather, ended: threading.Event) -> None:
    async def look(author: Author) -> None:
        while not ended.is_set():
            try:
                async with reading(bed.door, bed.host(author.blog)) as reader:
                    await _compare(reader, author, weather, ended)
            except (OSError, EOFError) as error:
                weather.failed.append(f"{author.blog}: {error!r}")

    await asyncio.gather(*(look(author) for author in authors for _ in range(_READERS_OF_BLOG)))


async def _compare(reader: Reader, author: Author, weather: Weather, ended: threading.Event) -> None:
    """Reads the post and the pages that list it: none may be older than the newest when it was asked for."""
    for path in itertools.cycle((author.path, "/", author.path, "/blog/", author.path, "/feed/")):
        if ended.is_set():
            return
        # Not in step with the other readers.
        await asyncio.sleep(random.uniform(0, 2 * _PAUSE_SECONDS))  # noqa: S311 - no secret
        wanted = weather.published[author.blog]
        answer = await reader.get(path)
        weather.looked += 1
        if answer.status != 200:
            weather.failed.append(f"{author.blog}{path}: {answer.status}")
        elif (found := read_number(answer.body)) < wanted:
            weather.stale.append(f"{author.blog}{path}: {found}, not {wanted}, after {answer.seconds:.1f} s")


def _figures(weather: Weather, before: Load, during: Load) -> list[Figure]:
    bad = len(weather.failed) + len(weather.refused) + during.refused + during.broken
    return [
        Figure(
            "storm: pages published in a second",
            len(weather.saves) / during.seconds,
            "/s",
            least=0.95 * _AUTHORS,
        ),
        Figure(f"storm: stale pages, of {weather.looked:,} looked at", len(weather.stale), "", most=0),
        Figure("storm: errors, of readers and authors", bad, "", most=0),
        Figure("storm: save, median", 1000 * statistics.median(weather.saves), "ms"),
        Figure("storm: cached readers' p99 before", before.p99, "ms"),
        Figure("storm: cached readers' p99 in it", during.p99, "ms"),
        Figure("storm: cached readers' p99, times as before", during.p99 / before.p99, "", most=2),
    ]

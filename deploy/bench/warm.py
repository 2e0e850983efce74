"""Reads pages once, as the first readers would, so that they lie on disk."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from itertools import groupby

from deploy.bench.load import Page
from deploy.bench.reader import Door, Reader, connect, reading
from deploy.bench.testbed import Testbed

_AT_ONCE = 8
_TRIES = 3
_PATHS = ("/", "/blog/", "/feed/", *(f"/post-{number}/" for number in range(1, 11)))


def read_blogs(bed: Testbed) -> tuple[list[Page], float]:
    """The pages of all blogs that were read, and how many were answered a second."""
    pages = [Page(bed.host(blog), path) for blog in bed.blogs for path in _PATHS]
    began = time.monotonic()
    asyncio.run(_read_all(bed.door, pages))
    return pages, len(pages) / (time.monotonic() - began)


def shake_hands(bed: Testbed, hosts: Iterable[str]) -> None:
    """Makes Caddy make a certificate for each host, and keep it in memory."""
    asyncio.run(_shake_hands(bed.door, hosts))


async def _read_all(door: Door, pages: Sequence[Page]) -> None:
    of_hosts = groupby(pages, key=lambda page: page.host)
    left = iter([(host, list(of_host)) for host, of_host in of_hosts])

    async def read_hosts() -> None:
        for host, of_host in left:
            async with reading(door, host) as reader:
                for page in of_host:
                    await _read(reader, page)

    await asyncio.gather(*(read_hosts() for _ in range(_AT_ONCE)))


async def _read(reader: Reader, page: Page) -> None:
    for _ in range(_TRIES):
        answer = await reader.get(page.path)
        if answer.status == 200:
            return
        # A process that has just started may take too long for its first page.
        await asyncio.sleep(1)
    raise RuntimeError(f"{page.host}{page.path} answered {answer.status}.")


async def _shake_hands(door: Door, hosts: Iterable[str]) -> None:
    left = iter(hosts)

    async def shake() -> None:
        for host in left:
            await (await connect(door, host)).close()

    await asyncio.gather(*(shake() for _ in range(_AT_ONCE)))

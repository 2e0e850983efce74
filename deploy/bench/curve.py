"""Does a page cost more where there are many? Random pages of one blog, of ten, and up to ten thousand."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

from deploy.bench import caddy, inside, reader
from deploy.bench.figures import Figure
from deploy.bench.load import Load, Page
from deploy.bench.report import Report, loads_as_json
from deploy.bench.rounds import in_turns, medians, ratio
from deploy.bench.testbed import Testbed
from deploy.droplet import playbook
from deploy.droplet.progress import step
from deploy.droplet.state import HOME

_PAGES_OF_BLOG = 100
_MOST_PAGES = 100_000
_BLOGS = (1, 10, 100, 1_000)
_MANY_BLOGS = 10_000
_LEAST_COMPARED = 1_000
_SECONDS = 2.0
_BYTES_OF_PAGE = 40_000
# What wrk sends is always so many different requests, or few pages would be cheaper to ask for.
_REQUESTS = 100_000


def measure(bed: Testbed) -> Report:
    """Rates of random stored pages over more and more blogs, in turns; the worker rests meanwhile."""
    blogs = [*_BLOGS]
    if shutil.disk_usage(HOME).free > 2 * 2 * _MOST_PAGES * _BYTES_OF_PAGE:
        blogs.append(_MANY_BLOGS)
    # It would remove pages of hosts that no blog has, and pages unlike what a render gives.
    bed.box.ssh("systemctl stop bearblog-worker")
    _store(bed, blogs)
    # All connections are opened in the name of the first host; Caddy looks at the Host of each request.
    bed.grant([_host(0)])
    caddy.add_hosts(bed, bed.post())
    caddy.LogSwitch(bed).turn(on=False)
    loads = in_turns({f"{count:,} blogs": _reading(bed, count) for count in blogs})
    caddy.reset(bed)
    return Report(_figures(loads), loads_as_json(loads))


def _pages_of_blog(blogs: int) -> int:
    return min(_PAGES_OF_BLOG, _MOST_PAGES // blogs)


def _reading(bed: Testbed, blogs: int) -> Callable[[], Load]:
    pages = [
        Page(_host(number), f"/post-{post}/")
        for number in range(blogs)
        for post in range(_pages_of_blog(blogs))
    ]
    asked = [*islice(cycle(pages), _REQUESTS)]
    return lambda: bed.generator.fire(asked, seconds=_SECONDS)


def _host(number: int) -> str:
    return f"curve-{number:05}.{playbook.MAIN_HOST}"


def _store(bed: Testbed, blogs: Sequence[int]) -> None:
    """Writes the pages of all blogs, by two processes at once."""
    post = bed.post()
    asyncio.run(reader.get(bed.door, post.host, post.path))
    first = 0
    for count in blogs:
        pages = _pages_of_blog(count)
        with step(f"Storing {(count - first) * pages:,} pages of {count - first:,} blogs"):
            middle = first + (count - first) // 2
            with ThreadPoolExecutor(2) as pool:
                halves = [
                    pool.submit(_store_some, bed, post, *half, pages)
                    for half in ((first, middle), (middle, count))
                ]
            for half in halves:
                half.result()
        first = count


def _store_some(bed: Testbed, post: Page, first: int, end: int, pages: int) -> None:
    hosts = [_host(number) for number in range(first, end)]
    inside.call(bed.box, "pages", f"store({hosts}, pages={pages}, like=({post.host!r}, {post.path!r}))")


def _figures(loads: dict[str, list[Load]]) -> list[Figure]:
    names = list(loads)
    one = loads[names[0]]
    figures = []
    for name in names:
        found = medians(loads[name])
        blogs = int(name.split()[0].replace(",", ""))
        pages = f"{blogs * _pages_of_blog(blogs):,} pages in {name}"
        figures.append(Figure(f"{pages}: random pages (p99 {found.p99:.2f} ms)", found.rate, "/s"))
        if blogs >= _LEAST_COMPARED:
            slower = 100 * (1 - ratio(loads[name], one))
            figures.append(Figure(f"{pages}: slower than one blog", slower, "%", most=5))
    return figures

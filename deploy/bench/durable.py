"""What it costs an author to wait until a save is safe off the box: `python -m deploy.bench.durable`.

A whole site in a folder, its own gunicorn configuration, Litestream, the forwarder, the worker, and an S3
server at the end of a line that is made slow, silent and cut.
"""

import functools
import json
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from deploy.bench import machine
from deploy.bench.author import Author
from deploy.bench.durable_parts import milliseconds, parts
from deploy.bench.figures import Figure, table
from deploy.bench.pages import time_once
from deploy.bench.rounds import in_turns
from deploy.dev.environment import HOST, PROJECT
from deploy.droplet.progress import say, step
from deploy.stage.replica import ReplicatedSite, replicated_site
from deploy.stage.site import Site, await_socket, process

_SAVES = 200
_AUTHORS, _POSTS = 20, 50
_SECONDS = 15.0
_FAR = 0.1
_SETTINGS = {"BEARBLOG_STORE_PAGES": "false", "BEARBLOG_PAGES_A_MINUTE": "1000000"}


@dataclass(frozen=True)
class Door:
    """A gunicorn at a socket of its own."""

    site: Site
    socket: Path

    @property
    def site_url(self) -> str:
        """The address that is asked for."""
        return f"https://{HOST}:{self.site.port}"

    def client(self) -> httpx.Client:
        """A client that speaks as Caddy does."""
        headers = {"X-Forwarded-Proto": "https", "X-Real-IP": "192.0.2.1", "Host": f"{HOST}:{self.site.port}"}
        return httpx.Client(
            transport=_Plain(uds=str(self.socket)), headers=headers, timeout=30, follow_redirects=False
        )


class _Plain(httpx.HTTPTransport):
    """Speaks HTTP where the address says HTTPS, as Caddy does behind its own door."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", port=None)
        return super().handle_request(request)


@dataclass
class Storm:
    """What authors and readers got meanwhile, in milliseconds."""

    pages: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    failed: int = 0


def measure(bed: ReplicatedSite, doors: dict[str, Door], sessions: Sequence[str]) -> Iterator[Figure]:
    """The figures, one after the other."""
    writers = {name: Author(door, "author-00", sessions[0]) for name, door in doors.items()}
    with step(f"Saving {_SAVES} times each way"):
        near = _medians(writers)
    yield Figure("plain save, median", near["plain"], "ms")
    yield Figure("durable save, median", near["durable"], "ms")
    yield Figure("durable save, more than a plain one", near["durable"] - near["plain"], "ms", most=10)
    with step("Asking each part of the way alone"):
        alone = list(parts(bed, writers["plain"]))
    yield from alone
    bed.line.delay = _FAR
    with step(f"The same with {_FAR * 1000:.0f} ms more for each request to the bucket"):
        far = _medians(writers)
    yield Figure("100 ms added to each request: plain save, median", far["plain"], "ms")
    yield Figure("100 ms added to each request: durable save, median", far["durable"], "ms")
    added = far["durable"] - far["plain"]
    yield Figure("100 ms added to each request: more than a plain one", added, "ms", most=250)
    bed.line.mend()
    authors = [Author(doors["durable"], f"author-{n:02}", session) for n, session in enumerate(sessions)]
    for author in authors:
        author.publish()
    yield from _storms(bed, doors["durable"], authors)


def _medians(writers: dict[str, Author]) -> dict[str, float]:
    for author in writers.values():
        author.publish()
    saves = {name: functools.partial(milliseconds, author.publish) for name, author in writers.items()}
    taken = in_turns(saves, rounds=_SAVES)
    return {name: statistics.median(times) for name, times in taken.items()}


def _storms(bed: ReplicatedSite, door: Door, authors: list[Author]) -> Iterator[Figure]:
    kinds = {
        "bucket there": bed.line.mend,
        "bucket silent": lambda: setattr(bed.line, "delay", 60.0),
        "bucket gone": bed.line.cut,
    }
    before = 0.0
    for name, begin in kinds.items():
        begin()
        with step(f"{len(authors)} saves a second for {_SECONDS:.0f} s, {name}"):
            storm = _storm(door, authors)
        said = ", ".join(f"{count} {state}" for state, count in sorted(storm.said.items()))
        p99 = _p99(storm.pages)
        before = before or p99
        yield Figure(f"{name}: uncached pages, p99 ({len(storm.pages)} pages)", p99, "ms")
        yield Figure(f"{name}: times their p99 with the bucket there", p99 / before, most=1.5)
        yield Figure(f"{name}: saves, p99 ({said})", _p99(storm.saves), "ms")
        yield Figure(f"{name}: saves that failed", storm.failed, most=0)
        bed.line.cut()
        bed.line.mend()


def _storm(door: Door, authors: list[Author]) -> Storm:
    storm, is_over = Storm(), threading.Event()

    def read() -> None:
        number = 0
        while not is_over.is_set():
            number += 1
            path = f"/post-{number % _POSTS + 1}/"
            host = f"author-{number % _AUTHORS:02}.{HOST}:{door.site.port}"
            storm.pages.append(time_once(door.socket, host, path))
            is_over.wait(0.02)

    began = time.monotonic()

    def save(number: int, author: Author) -> None:
        # Each once a second, one after the other; who still waits for an answer is late for the next.
        for second in range(round(_SECONDS)):
            is_over.wait(max(0.0, began + second + number / len(authors) - time.monotonic()))
            try:
                storm.saves.append(milliseconds(author.publish))
                storm.said[author.off_site] += 1
            except httpx.HTTPError:
                storm.failed += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        with ThreadPoolExecutor(max_workers=len(authors)) as pool:
            list(pool.map(save, range(len(authors)), authors))
    finally:
        is_over.set()
        reader.join()
    return storm


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


@contextmanager
def _door(site: Site, name: str, settings: dict[str, str]) -> Iterator[Door]:
    file = site.folder / f"run/{name}.sock"
    command = [str(Path(sys.executable).with_name("gunicorn")), f"--bind=unix:{file}", "--log-level=warning"]
    command += ["--config", str(PROJECT / "deploy/gunicorn.conf.py"), "bearblog.wsgi"]
    with process(command, site.environment | settings):
        await_socket(file)
        yield Door(site, file)


def main() -> int:
    """Fills a site, measures, prints the table; returns 1 where a promise was missed."""
    with (
        tempfile.TemporaryDirectory(prefix="bearblog-bench-") as folder,
        replicated_site(Path(folder), settings=_SETTINGS) as bed,
    ):
        with step(f"Writing {_AUTHORS} blogs"):
            script = (PROJECT / "deploy/bench/on_box/blogs.py").read_text(encoding="utf-8")
            names = [f"author-{number:02}" for number in range(_AUTHORS)]
            blogs = f"write_blogs({names}, posts={_POSTS}, characters=(3_000, 7_000))"
            printed = bed.site.shell(f"{script}\nwrite_authors({_AUTHORS})\n{blogs}\n")
        sessions = list(json.loads(printed.splitlines()[0]).values())
        with (
            _door(bed.site, "plain", {"BEARBLOG_OFF_SITE": "false"}) as plain,
            _door(bed.site, "durable", {}) as durable,
        ):
            figures = list(measure(bed, {"plain": plain, "durable": durable}, sessions))
    say(f"\n{machine.sentence()}\n\n{table(figures)}")
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())

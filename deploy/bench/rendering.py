"""Measures what the first reader of a changed page waits for: `python -m deploy.bench.rendering`."""

import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy.bench.pages import Timing, time_page
from deploy.dev.environment import HOST, PROJECT
from deploy.droplet.progress import say, step
from deploy.stage.site import Site, running_site

_POSTS = 60
_LONG_POSTS = 7
_FEEDS = 5
# What is measured is not the reading of a file, and one address asks for all of it.
_EACH_RENDERED = {"BEARBLOG_STORE_PAGES": "false", "BEARBLOG_PAGES_A_MINUTE": "1000000"}


@dataclass(frozen=True)
class Page:
    """Pages of one kind, each measured once new and once again; the most milliseconds promised for new."""

    name: str
    addresses: tuple[tuple[str, str], ...]
    most: float | None = None


def _posts(blog: str, count: int) -> tuple[tuple[str, str], ...]:
    return tuple((blog, f"/post-{number}/") for number in range(count))


_PAGES = (
    Page("post of 3 KB", _posts("short", _POSTS), 8),
    Page("the same with {{ previous-post }} {{ next-post }}", _posts("beside", _POSTS)),
    Page("post of 200 KB", _posts("long", _LONG_POSTS)),
    Page("feed of 20 posts of 3 KB", tuple((f"feed-{number}", "/feed/") for number in range(_FEEDS))),
)


def measure(site: Site) -> Iterator[tuple[Page, Timing]]:
    """Each kind of page with its medians in milliseconds: of texts never rendered before, and again."""
    web_socket = site.folder / "run/web.sock"
    # Pages of another blog first: what is measured is pages, not the start of a process.
    for number in range(20):
        time_page(web_socket, f"warm.{HOST}:{site.port}", f"/post-{number}/", rounds=1)
        time_page(web_socket, f"warm.{HOST}:{site.port}", "/feed/", rounds=1)
    for page in _PAGES:
        taken = [
            time_page(web_socket, f"{blog}.{HOST}:{site.port}", path, rounds=1)
            for blog, path in page.addresses
        ]
        first = statistics.median(timing.first for timing in taken)
        again = statistics.median(timing.median for timing in taken)
        yield page, Timing(first, again, taken[0].size)


def table(rows: Iterator[tuple[Page, Timing]]) -> str:
    """The medians as a Markdown table."""
    lines = [
        "| page | new text | text known | size | promised | |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for page, timing in rows:
        promised, verdict = "", ""
        if page.most is not None:
            promised, verdict = f"{page.most:g} ms", "met" if timing.first <= page.most else "MISSED"
        lines.append(
            f"| {page.name} | {timing.first:.1f} ms | {timing.median:.1f} ms "
            f"| {timing.size / 1000:.1f} KB | {promised} | {verdict} |"
        )
    return "\n".join(lines)


def _blogs() -> str:
    written = (PROJECT / "deploy/stage/written_posts.py").read_text(encoding="utf-8")
    calls = [
        'write("warm", posts=20, characters=3_000)',
        f'write("short", posts={_POSTS}, characters=3_000)',
        f'write("beside", posts={_POSTS}, characters=3_000, names_neighbours=True)',
        f'write("long", posts={_LONG_POSTS}, characters=200_000)',
        *(f'write("feed-{number}", posts=20, characters=3_000)' for number in range(_FEEDS)),
    ]
    return "\n".join((written, *calls))


def main() -> int:
    """Fills a site, measures it, prints the table; returns 1 where a promise was missed."""
    with (
        tempfile.TemporaryDirectory(prefix="bearblog-bench-") as folder,
        running_site(Path(folder), settings=_EACH_RENDERED) as site,
    ):
        with step("Writing the posts"):
            site.shell(_blogs())
        with step("Asking for pages that nobody has asked for"):
            printed = table(measure(site))
    say(f"\nServer time of first renders, medians, {os.cpu_count()} cores, {platform.machine()}:\n")
    say(printed)
    return 1 if "MISSED" in printed else 0


if __name__ == "__main__":
    sys.exit(main())

"""What pages cost the application at 10,000 posts, uncached: `python -m deploy.bench.server_times`."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.bench import machine
from deploy.bench.pages import Timing, time_page
from deploy.dev.environment import HOST, PROJECT
from deploy.droplet.progress import say, step
from deploy.stage.site import Site, running_site

CAPTION = "Server time at 10,000 posts, without any cache:"
_ROUNDS = 25
_MANY = f"many.{HOST}"


@dataclass(frozen=True)
class Page:
    """A page of the blog with 10,000 posts, and the most milliseconds that were promised for it."""

    name: str
    path: str
    most: float | None = None
    # Whether the promise holds from the first time the page is asked for.
    from_cold: bool = False


_PAGES = (
    Page("list, first page", "/blog/", 50, from_cold=True),
    Page("list, last page", "/blog/?page=500", 50, from_cold=True),
    Page("list, one tag", "/blog/?q=garden", 50, from_cold=True),
    Page("search, a common word", "/search/?q=harbour", 30),
    Page("search, two words", "/search/?q=quietly%20walnut", 30),
    Page("search, a phrase", "/search/?q=%22letters%20morning%22", 30),
    Page("search, nothing found", "/search/?q=xylophone", 30),
    Page("home", "/"),
    Page("post of 3 KB", "/post-5000/"),
    Page("feed", "/feed/"),
    Page("archive", "/archive/"),
    Page("sitemap", "/sitemap.xml"),
)


def measure(site: Site) -> Iterator[tuple[Page, Timing]]:
    """Each page with its timing."""
    web_socket = site.folder / "run/web.sock"
    host = f"{_MANY}:{site.port}"
    # One page of another kind first: what is measured is pages, not the start of a process.
    time_page(web_socket, host, "/robots.txt", rounds=5)
    for page in _PAGES:
        yield page, time_page(web_socket, host, page.path, rounds=_ROUNDS)


def table(rows: Sequence[tuple[Page, Timing]]) -> str:
    """The timings as a Markdown table."""
    lines = ["| page | first | median | size | promised | |", "| --- | ---: | ---: | ---: | ---: | --- |"]
    for page, timing in rows:
        promised, verdict = "", ""
        if page.most is not None:
            promised = f"{page.most:g} ms" + (" from cold" if page.from_cold else "")
            measured = max(timing.first, timing.median) if page.from_cold else timing.median
            verdict = "met" if measured <= page.most else "MISSED"
        lines.append(
            f"| {page.name} | {timing.first:.1f} ms | {timing.median:.1f} ms "
            f"| {timing.size / 1000:.1f} KB | {promised} | {verdict} |"
        )
    return "\n".join(lines)


def as_json(rows: Sequence[tuple[Page, Timing]]) -> dict[str, object]:
    """The timings as they stand in latest.json."""
    return {page.name: asdict(timing) for page, timing in rows}


def measured() -> list[tuple[Page, Timing]]:
    """The timings of a site that is filled, measured and removed."""
    with tempfile.TemporaryDirectory(prefix="bearblog-bench-") as folder, running_site(Path(folder)) as site:
        with step("Writing 10,000 posts"):
            site.shell((PROJECT / "deploy/stage/many_posts.py").read_text(encoding="utf-8"))
        with step(f"Asking for {len(_PAGES)} pages, {_ROUNDS} times each"):
            return list(measure(site))


def main() -> int:
    """Prints the table; returns 1 where a promise was missed."""
    printed = table(measured())
    say(f"\n{machine.sentence()}\n\n{CAPTION}\n\n{printed}")
    return 1 if "MISSED" in printed else 0


if __name__ == "__main__":
    sys.exit(main())

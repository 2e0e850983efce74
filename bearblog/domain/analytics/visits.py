"""Which lines of the web server's log are visits of readers."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bearblog.domain.analytics.hosts import blogs_at
from bearblog.domain.analytics.paths import canonical_paths, is_feed
from bearblog.domain.analytics.programs import Program, program_of
from bearblog.domain.analytics.referrers import Referrers
from bearblog.domain.blogs.models import Blog
from bearblog.engines.access_log.line import Line
from bearblog.lib import networks

# The web server itself answers an image at this path; behind it stands the path of the page that shows it.
_BEACON = "/hit"
_BEACON_STATUS = 204
_PARTS_OF_PAGES = ("/static/", "/media/", "/style/", "/hit/")
_DAY_SECONDS = 24 * 3600
# Nobody's browser has a longer name.
_MOST_OF_NAME = 1000

_network_of = functools.lru_cache(maxsize=16384)(networks.network_of)


@dataclass(frozen=True, slots=True)
class Visit:
    """One reader's look at one page or feed of the blog with this number."""

    blog: int
    day: date
    moment: float
    # Empty for a feed.
    path: str
    network: str
    address: str
    user_agent: str
    program: Program
    # The host of somebody else from which the reader came, or an empty text.
    referrer: str


@dataclass(frozen=True, slots=True)
class Beacon:
    """The line of a page's beacon: the path of the page, and from which host the reader came to it."""

    line: Line
    path: str
    referrer: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines that matter."""

    beacons: list[Beacon] = field(default_factory=list)
    answers: list[Line] = field(default_factory=list)

    def hosts(self) -> set[str]:
        """Every host that is named."""
        answered = {line.request.host for line in self.answers}
        read = {beacon.line.request.host for beacon in self.beacons}
        return answered | read | {beacon.referrer for beacon in self.beacons}


def sort_lines(lines: Iterable[Line], referrers: Referrers) -> Sorted:
    """The beacons and the answers among the lines; `referrers` learns from them on the way."""
    found = Sorted()
    for line in lines:
        if _is_beacon(line):
            path = line.request.path.removeprefix(_BEACON)
            found.beacons.append(Beacon(line, path, referrers.find(line, path)))
        elif line.is_answered and not line.request.uri.startswith(_PARTS_OF_PAGES):
            referrers.note(line)
            found.answers.append(line)
    return found


def visits_in(found: Sorted) -> tuple[list[Visit], int]:
    """The visits in the order of the lines, pages before feeds; and how many answers were a blog's pages."""
    blogs = blogs_at(found.hosts())
    pages = [(blog, line) for line in found.answers if (blog := blogs.get(line.request.host))]
    return [*_page_visits(found.beacons, blogs), *_feed_visits(pages)], len(pages)


def _is_beacon(line: Line) -> bool:
    asked = line.request
    return line.status == _BEACON_STATUS and asked.method == "GET" and asked.uri.startswith(f"{_BEACON}/")


def _page_visits(beacons: Iterable[Beacon], blogs: dict[str, Blog]) -> Iterator[Visit]:
    placed = [(blog, beacon) for beacon in beacons if (blog := blogs.get(beacon.line.request.host))]
    known = canonical_paths({(blog, beacon.path) for blog, beacon in placed})
    for blog, beacon in placed:
        path = known.get((blog, beacon.path))
        if path and not program_of(_name_in(beacon.line)).is_robot:
            referrer = "" if blogs.get(beacon.referrer) == blog else beacon.referrer
            yield from _visit(blog, beacon.line, path, referrer)


def _feed_visits(pages: Iterable[tuple[Blog, Line]]) -> Iterator[Visit]:
    for blog, line in pages:
        # Feed readers are robots by nature; only one without a name is left out.
        if is_feed(blog, line.request.path) and program_of(_name_in(line)).is_named:
            yield from _visit(blog, line, "", "")


def _visit(blog: Blog, line: Line, path: str, referrer: str) -> Iterator[Visit]:
    if not blog.collects_analytics:
        return
    address, user_agent = line.request.client_ip, _name_in(line)
    try:
        network = _network_of(address)
    except ValueError:
        return
    day = _day_of(int(line.ts // _DAY_SECONDS))
    program = program_of(user_agent)
    yield Visit(blog.pk, day, line.ts, path, network, address, user_agent, program, referrer)


def _name_in(line: Line) -> str:
    return line.user_agent[:_MOST_OF_NAME]


@functools.lru_cache(maxsize=16)
def _day_of(number: int) -> date:
    return datetime.fromtimestamp(number * _DAY_SECONDS, UTC).date()

"""What readers get while the application is stopped, hangs, or starts and dies again and again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from deploy.bench import reader
from deploy.bench.figures import Figure
from deploy.bench.load import Load, Page
from deploy.bench.reader import Answer
from deploy.bench.report import Report, loads_as_json
from deploy.bench.rounds import ratio
from deploy.bench.testbed import Testbed

_ROUNDS = 5
_SECONDS = 2.0
# Other parts read the posts before these.
_FIRST_UNREAD = 80
_DROP_IN = "/etc/systemd/system/bearblog.service.d/broken.conf"


@dataclass(frozen=True)
class Outage:
    """How the application is broken on the box, and mended."""

    name: str
    begin: str
    end: str


_OUTAGES = (
    Outage(
        "application stopped",
        "systemctl stop bearblog.socket bearblog.service",
        "systemctl start bearblog.socket bearblog.service",
    ),
    Outage(
        "application hung",
        "systemctl kill --signal=STOP bearblog.service",
        "systemctl kill --signal=CONT bearblog.service",
    ),
    # It starts, reads its settings, and dies of one; a second later it is started again.
    Outage(
        "application crash-looping",
        "echo BEARBLOG_HTTPS_PORT=nonsense > /etc/bearblog/broken.env;"
        f"printf '[Service]\\nEnvironmentFile=/etc/bearblog/broken.env\\n' > {_DROP_IN};"
        "systemctl daemon-reload; systemctl --no-block restart bearblog;"
        "until [ $(systemctl show --property=SubState --value bearblog) = auto-restart ]; do sleep 0.1; done",
        f"rm {_DROP_IN}; systemctl daemon-reload; systemctl --no-block restart bearblog",
    ),
)


@dataclass
class Outcome:
    """What readers got in one kind of outage."""

    loads: list[Load] = field(default_factory=list)
    with_copy: list[Answer] = field(default_factory=list)
    without: list[Answer] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        """Seconds of the slowest answer to a page that is not stored."""
        return max(answer.seconds for answer in (*self.with_copy, *self.without))


def measure(bed: Testbed) -> Report:
    """Rates of a stored page, and what comes of pages that are not stored, in each outage."""
    post = bed.post(blog=101)
    asyncio.run(reader.get(bed.door, post.host, post.path))
    running: list[Load] = []
    outcomes = {outage.name: Outcome() for outage in _OUTAGES}
    for number in range(_ROUNDS):
        running.append(bed.generator.fire(post, seconds=_SECONDS))
        for place, outage in enumerate(_OUTAGES):
            with_copy, without = _left_alone(bed, number * len(_OUTAGES) + place)
            with _during(bed, outage):
                outcome = outcomes[outage.name]
                outcome.loads.append(bed.generator.fire(post, seconds=_SECONDS))
                outcome.with_copy += asyncio.run(_ask(bed, with_copy))
                outcome.without += asyncio.run(_ask(bed, without))
    loads = {"running": running, **{name: outcome.loads for name, outcome in outcomes.items()}}
    figures = [figure for name, outcome in outcomes.items() for figure in _figures(name, outcome, running)]
    unstored = {
        name: [(answer.status, answer.seconds) for answer in (*outcome.with_copy, *outcome.without)]
        for name, outcome in outcomes.items()
    }
    return Report(figures, {**loads_as_json(loads), "status and seconds of pages not stored": unstored})


def _figures(name: str, outcome: Outcome, running: list[Load]) -> list[Figure]:
    changed, unread = len(outcome.with_copy), len(outcome.without)
    copies = sum(answer.status == 200 for answer in outcome.with_copy)
    refusals = sum(answer.status == 503 and "retry-after" in answer.headers for answer in outcome.without)
    rate = ratio(outcome.loads, running)
    return [
        Figure(f"{name}: stored pages, times the rate while the application runs", rate, least=0.9),
        Figure(f"{name}: last good copies, of {changed} changed pages", copies, least=changed),
        Figure(f"{name}: 503 with Retry-After, of {unread} unread pages", refusals, least=unread),
        Figure(f"{name}: slowest answer for a page that is not stored", outcome.slowest, "s", most=3),
    ]


@contextmanager
def _during(bed: Testbed, outage: Outage) -> Iterator[None]:
    bed.box.ssh(outage.begin)
    try:
        yield
    finally:
        bed.box.ssh(outage.end)
        bed.await_application()


def _left_alone(bed: Testbed, number: int) -> tuple[list[Page], list[Page]]:
    """Pages that were read before their blog changed, and pages that nobody has read, others at each call."""
    author = bed.author(number)
    host = bed.host(author.blog)
    with_copy = [Page(host, path) for path in ("/", "/blog/", "/post-1/", "/feed/")]
    asyncio.run(_ask(bed, with_copy))
    author.publish()
    unread_blog, unread = bed.host(bed.blogs[199 - number]), f"/post-{_FIRST_UNREAD + number}/"
    return with_copy, [Page(host, unread), Page(unread_blog, unread)]


async def _ask(bed: Testbed, pages: list[Page]) -> list[Answer]:
    return list(await asyncio.gather(*(_get(bed, page) for page in pages)))


async def _get(bed: Testbed, page: Page) -> Answer:
    try:
        return await reader.get(bed.door, page.host, page.path)
    except TimeoutError:
        # No answer is the worst one, and belongs into the table.
        return Answer(0, {}, b"", reader.PATIENCE_SECONDS)

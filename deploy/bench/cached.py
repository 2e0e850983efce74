"""A stored post beside the same bytes as a plain file, and beside Django; with the access log and without."""

import asyncio
import statistics
from functools import partial

from deploy.bench import caddy, reader
from deploy.bench.figures import Figure
from deploy.bench.load import CONNECTIONS, Load, Page
from deploy.bench.report import Report, loads_as_json
from deploy.bench.rounds import in_turns, medians, ratio
from deploy.bench.testbed import Testbed

_SECONDS = 2.0
_COPY_NAME = "bench.html"
# The page with its compressed forms, as files that Caddy knows nothing more of.
_COPY = """
cd /var/cache/bearblog/pages/current/hosts/{host}{path}
for form in '' .br .gz; do
    install -m 644 index.html$form {root}/{name}$form
done
"""


def measure(bed: Testbed) -> Report:
    """Rates and waits over HTTPS, 32 kept connections, in turns."""
    post = bed.post()
    pages = _lay_out(bed, post)
    switch = caddy.LogSwitch(bed)

    def load(name: str, *, logged: bool) -> Load:
        if switch.turn(on=logged):
            bed.generator.fire(post, seconds=1)
        return bed.generator.fire(pages[name], seconds=_SECONDS)

    things = {name: partial(load, name, logged=False) for name in pages}
    things |= {f"{name}, logged": partial(load, name, logged=True) for name in ("stored", "plain")}
    loads = in_turns(things)
    caddy.reset(bed)
    return Report(_figures(loads), loads_as_json(loads), _notes(loads["stored"]))


def _figures(loads: dict[str, list[Load]]) -> list[Figure]:
    middle = {name: medians(rounds) for name, rounds in loads.items()}
    stored, plain = middle["stored"], middle["plain"]

    def times(name: str) -> float:
        return ratio(loads["stored"], loads[name])

    logged = ratio(loads["stored, logged"], loads["plain, logged"])
    cost = 100 * (1 - ratio(loads["stored, logged"], loads["stored"]))
    return [
        Figure(f"stored post over HTTPS, {CONNECTIONS} connections", stored.rate, "/s"),
        Figure("the same bytes as a plain file, at a host of its own", plain.rate, "/s"),
        Figure("the same bytes among the site's static files", middle["static"].rate, "/s"),
        Figure("the post rendered by Django at each request", middle["rendered"].rate, "/s"),
        Figure("the stored post sent by Django", middle["found"].rate, "/s"),
        Figure("stored post: times the plain file's rate", times("plain"), least=0.9),
        Figure("stored post: times the rate rendered each time", times("rendered"), least=50),
        Figure("stored post: times the rate through Django", times("found"), least=20),
        Figure(f"stored post: p99 (of the plain file {plain.p99:.2f} ms)", stored.p99, "ms"),
        Figure("stored post: times the plain file's p99", stored.p99 / plain.p99, most=1.5),
        Figure("with the access log, as installed: stored post", middle["stored, logged"].rate, "/s"),
        Figure("with the access log: times the plain file's rate", logged),
        Figure("what the access log costs", cost, "%"),
    ]


def _notes(stored: list[Load]) -> list[str]:
    share = statistics.median(load.generator for load in stored)
    ceiling = statistics.median(load.ceiling for load in stored)
    return [
        f"wrk runs on the same cores and took {share:.2f} of one for the stored post; alone on a core it "
        f"would reach {ceiling:,.0f} requests/s. Without the access log unless said otherwise. What Django "
        "renders or sends is asked for at hosts of their own of the same Caddy, which pass each request on."
    ]


def _lay_out(bed: Testbed, post: Page) -> dict[str, Page]:
    """The pages of the same bytes, by name, each read once. Raises RuntimeError if they differ."""
    pages = {
        "stored": post,
        "plain": Page(caddy.PLAIN, f"/{_COPY_NAME}"),
        "static": Page(post.host, f"/static/{_COPY_NAME}"),
        "rendered": Page(caddy.RENDERED, post.path),
        "found": Page(caddy.FOUND, post.path),
    }
    caddy.add_hosts(bed, post)
    body = asyncio.run(reader.get(bed.door, post.host, post.path)).body
    bed.box.ssh(_COPY.format(host=post.host, path=post.path, root=caddy.PLAIN_ROOT, name=_COPY_NAME))
    for name, page in pages.items():
        answer = asyncio.run(reader.get(bed.door, page.host, page.path))
        if answer.status != 200 or answer.body != body:
            raise RuntimeError(f"The page “{name}” is another: {answer.status}, {len(answer.body)} bytes.")
    return pages

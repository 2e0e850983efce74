"""What the whole stack holds, idle and under load, with a thousand certificates in Caddy's memory."""

import threading
import time

from deploy.bench import warm
from deploy.bench.figures import Figure
from deploy.bench.load import Page
from deploy.bench.report import Report
from deploy.bench.testbed import Testbed
from deploy.droplet import playbook
from deploy.figures import memory

_CERTIFICATES = 1000
_IDLE_SECONDS, _LOAD_SECONDS = 20, 15


def measure(bed: Testbed) -> Report:
    """PSS of each part: before anybody has read, while stored and unstored pages are read, and afterwards."""
    warm.shake_hands(bed, _grant(bed))
    time.sleep(_IDLE_SECONDS)
    idle = memory.pss(bed.box)
    loaded = _weigh_under_load(bed)
    time.sleep(_IDLE_SECONDS)
    afterwards = memory.pss(bed.box)
    named = f"{_CERTIFICATES:,} certificates loaded"
    figures = [
        Figure(f"memory idle, {named}: {_said(idle)}", sum(idle.values()), "MB", most=260),
        Figure(f"memory under load, the most: {_said(loaded)}", sum(loaded.values()), "MB", most=350),
        Figure(f"memory idle after it: {_said(afterwards)}", sum(afterwards.values()), "MB"),
    ]
    return Report(figures, {"idle": idle, "under load": loaded, "idle after it": afterwards})


def _grant(bed: Testbed) -> list[str]:
    """Hosts that may have a certificate: those of the blogs, and as many more as are missing."""
    hosts = [bed.host(blog) for blog in bed.blogs]
    more = [f"reader-{number:04}.{playbook.MAIN_HOST}" for number in range(_CERTIFICATES - len(hosts))]
    bed.grant(more)
    return hosts + more


def _weigh_under_load(bed: Testbed) -> dict[str, float]:
    """The parts at the moment at which they held most together."""
    stored = [Page(bed.host(blog), "/") for blog in bed.blogs]
    unstored = [Page(bed.host(blog), f"/post-{number}/") for blog in bed.blogs for number in range(30, 60)]
    loads = [
        threading.Thread(
            target=bed.generator.fire,
            args=(pages,),
            kwargs={"seconds": _LOAD_SECONDS, "connections": connections},
        )
        for pages, connections in ((stored, 32), (unstored, 8))
    ]
    weighed = []
    for load in loads:
        load.start()
    while any(load.is_alive() for load in loads):
        weighed.append(memory.pss(bed.box))
        time.sleep(1)
    for load in loads:
        load.join()
    return max(weighed, key=lambda parts: sum(parts.values()))


def _said(parts: dict[str, float]) -> str:
    return ", ".join(f"{part} {size:.0f}" for part, size in parts.items())

"""The first render of a post: each is asked for once, over the application's own socket, and never before."""

import statistics
from pathlib import Path

from deploy.bench.figures import Figure
from deploy.bench.pages import time_once
from deploy.bench.report import Report
from deploy.bench.testbed import FRESH_BLOG, FRESH_POSTS, Testbed
from deploy.droplet import network

_WARMING = 20


def measure(bed: Testbed) -> Report:
    """Server time of posts of 3,000 characters, storing them included, without Caddy."""
    # The box's /run is a file system of its own, which its processes see.
    inside = network.pids(bed.box.droplet)[0]
    web_socket = Path(f"/proc/{inside}/root/run/bearblog/web.sock")
    host = f"{bed.host(FRESH_BLOG)}:{bed.door.port}"
    waits = [time_once(web_socket, host, f"/post-{number}/") for number in range(1, FRESH_POSTS + 1)][
        _WARMING:
    ]
    figures = [
        Figure("first render of a post of 3 KB, server time, median", statistics.median(waits), "ms", most=8),
        Figure("first render, 95 of 100 within", statistics.quantiles(waits, n=20)[-1], "ms"),
    ]
    return Report(figures, {"waits": [round(wait, 2) for wait in waits]})

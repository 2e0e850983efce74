"""Measures reading, publishing and outages on a real local box, and prints what was promised beside it."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

from deploy.bench import (
    cached,
    curve,
    first_render,
    herd,
    latest,
    machine,
    memory,
    outage,
    publishing,
    server_times,
    storm,
    warm,
)
from deploy.bench.figures import Figure, table
from deploy.bench.report import Report
from deploy.bench.testbed import Testbed, filled_box
from deploy.droplet.progress import say, step


def _warm(bed: Testbed) -> Report:
    pages, rate = warm.read_blogs(bed)
    return Report([Figure(f"first readers, {len(pages):,} pages that are not stored", rate, "/s")])


# In this order: memory before anybody has read; many pages last, since only the end of the box clears them.
_PARTS: Mapping[str, tuple[str, Callable[[Testbed], Report]]] = {
    "memory": ("Weighing the stack", memory.measure),
    "warm": ("Reading pages for the first time", _warm),
    "first-render": ("Rendering posts for the first time", first_render.measure),
    "publishing": ("Publishing", publishing.measure),
    "herd": ("Letting a herd in", herd.measure),
    "cached": ("Reading a stored post", cached.measure),
    "outage": ("Breaking the application", outage.measure),
    "storm": ("Publishing and reading at once", storm.measure),
    "curve": ("Reading among many pages", curve.measure),
}
_SERVER_TIMES = "server-times"


def main(arguments: Sequence[str]) -> int:
    """Measures, prints the tables, writes latest.json after a whole run; 1 where a promise was missed."""
    every = [*_PARTS, _SERVER_TIMES]
    parser = argparse.ArgumentParser(prog="deploy.bench", description=__doc__)
    parser.add_argument("--only", metavar="PART,PART", help=f"some parts of: {', '.join(every)}")
    only = parser.parse_args(arguments).only
    wanted = only.split(",") if only else every
    if unknown := set(wanted) - {*every}:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    reports = _measure_on_box([name for name in _PARTS if name in wanted])
    times = server_times.measured() if _SERVER_TIMES in wanted else []
    printed = server_times.table(times) if times else ""
    figures = [figure for report in reports.values() for figure in report.figures]
    say(f"\n{machine.sentence()}\n")
    say(table(figures))
    for note in (note for report in reports.values() for note in report.notes):
        say(f"\n{note}")
    if printed:
        say(f"\n{server_times.CAPTION}\n\n{printed}")
    if not only:
        latest.write(reports, server_times.as_json(times))
    return 0 if all(figure.is_met for figure in figures) and "MISSED" not in printed else 1


def _measure_on_box(names: list[str]) -> dict[str, Report]:
    reports: dict[str, Report] = {}
    if names:
        with filled_box() as bed:
            for name in names:
                sentence, measure = _PARTS[name]
                with step(sentence):
                    reports[name] = measure(bed)
    return reports


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

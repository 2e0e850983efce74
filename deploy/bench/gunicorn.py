"""How many processes and threads of gunicorn, on one core and on two: `python -m deploy.bench.gunicorn`.

A whole site in a folder, without stored pages; wrk asks gunicorn as Caddy would, with a connection for each
request. Where gunicorn has one core, wrk has the other one.
"""

import itertools
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.bench import machine
from deploy.bench.load import Generator, Load, Page
from deploy.bench.rounds import in_turns
from deploy.dev.environment import HOST, PROJECT
from deploy.droplet.progress import say, step
from deploy.stage.site import Site, running_site

_SETUPS = ((1, 4), (2, 2), (2, 4), (2, 8), (3, 4), (4, 4))
_CORES = ("0", "0,1")
_ROUNDS = 5
_SECONDS = 3.0
_CONNECTIONS = 16
_BLOGS, _POSTS = 20, 50
_PORT = 18_000
_PATIENCE_SECONDS = 30
_SETTINGS = {"BEARBLOG_STORE_PAGES": "false", "BEARBLOG_PAGES_A_MINUTE": "1000000"}
_HEADERS = {"Connection": "close", "X-Forwarded-Proto": "https", "X-Real-IP": "192.0.2.1"}
# Of each blog, beside its posts: about a third of what is asked for.
_OTHER_PATHS = ("/", "/", "/", "/blog/", "/blog/?q=garden", "/feed/", "/archive/", "/search/?q=licence")


@dataclass(frozen=True)
class Run:
    """One round of one setup: what wrk measured, and mebibytes of all its processes under that load."""

    load: Load
    pss: float


def measure(site: Site) -> dict[tuple[str, int, int], list[Run]]:
    """The rounds of each setup, by cores, processes and threads, in turns."""
    things = {
        (cores, *setup): _running(site, cores, *setup) for cores, setup in itertools.product(_CORES, _SETUPS)
    }
    return in_turns(things, rounds=_ROUNDS)


def table(rounds: Mapping[tuple[str, int, int], list[Run]]) -> str:
    """The medians as a Markdown table."""
    lines = [
        "| cores | processes x threads | requests/s | p99 | PSS |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for (cores, processes, threads), runs in rounds.items():
        rate = statistics.median(run.load.rate for run in runs)
        p99 = statistics.median(run.load.p99 for run in runs)
        pss = statistics.median(run.pss for run in runs)
        count = len(cores.split(","))
        lines.append(f"| {count} | {processes} x {threads} | {rate:.0f} | {p99:.0f} ms | {pss:.0f} MB |")
    return "\n".join(lines)


def _running(site: Site, cores: str, processes: int, threads: int) -> Callable[[], Run]:
    pages = [
        Page(f"blog-{blog:02}.{HOST}", path)
        for blog in range(_BLOGS)
        for path in (*(f"/post-{number}/" for number in range(1, 16)), *_OTHER_PATHS)
    ]
    # On one core the other is the generator's; on two there is none left for it alone.
    generator = Generator("127.0.0.1", _PORT, "http", cores="1" if cores == "0" else "0,1")

    def run() -> Run:
        with _gunicorn(site, cores, processes, threads) as pid:
            generator.fire(pages, seconds=2, connections=_CONNECTIONS, headers=_HEADERS)
            load = generator.fire(pages, seconds=_SECONDS, connections=_CONNECTIONS, headers=_HEADERS)
            return Run(load, _pss(pid))

    return run


@contextmanager
def _gunicorn(site: Site, cores: str, processes: int, threads: int) -> Iterator[int]:
    command = ["taskset", "--cpu-list", cores, str(Path(sys.executable).with_name("gunicorn"))]
    command += ["--config", str(PROJECT / "deploy/gunicorn.conf.py"), "--log-level=warning"]
    command += [
        f"--workers={processes}",
        f"--threads={threads}",
        # As the configuration has it, which cannot know of other threads than its own.
        f"--worker-connections={threads}",
        f"--bind=127.0.0.1:{_PORT}",
        "bearblog.wsgi",
    ]
    with subprocess.Popen(command, cwd=PROJECT, env=site.environment, stdin=subprocess.DEVNULL) as process:
        try:
            _await_port()
            yield process.pid
        finally:
            process.terminate()


def _await_port() -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", _PORT), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _pss(pid: int) -> float:
    """Mebibytes of the process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    kibibytes = 0
    for one in (pid, *map(int, children)):
        lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        kibibytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kibibytes / 1024


def main() -> int:
    """Fills a site, measures, prints the table."""
    with (
        tempfile.TemporaryDirectory(prefix="bearblog-bench-") as folder,
        running_site(Path(folder), settings=_SETTINGS) as site,
    ):
        with step(f"Writing {_BLOGS} blogs"):
            script = (PROJECT / "deploy/bench/on_box/blogs.py").read_text(encoding="utf-8")
            names = [f"blog-{number:02}" for number in range(_BLOGS)]
            blogs = f"write_blogs({names}, posts={_POSTS}, characters=(3_000, 7_000))"
            site.shell(f"{script}\nwrite_authors(5)\n{blogs}\n")
        with step(f"Measuring {len(_SETUPS)} setups on {len(_CORES)} kinds of machine, {_ROUNDS} rounds"):
            printed = table(measure(site))
    say(f"\n{machine.sentence()}\n\n{printed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

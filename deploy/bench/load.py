"""Many readers at once: starts wrk against a box and reads what it measured."""

import json
import os
import resource
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 32
_SCRIPT = Path(__file__).with_name("wrk.lua")
# What every browser sends; the page then comes as the compressed file beside it.
_HEADERS = {"Accept-Encoding": "br, gzip"}


@dataclass(frozen=True)
class Page:
    """One page of one host."""

    host: str
    path: str


@dataclass(frozen=True)
class Load:
    """What came of a load. Waits in milliseconds; `generator` is the share of one core that wrk took."""

    requests: int
    seconds: float
    bytes: int
    p50: float
    p99: float
    longest: float
    refused: int
    broken: int
    generator: float

    @property
    def rate(self) -> float:
        """Pages a second; an answer that is no page is none."""
        return (self.requests - self.refused) / self.seconds

    @property
    def ceiling(self) -> float:
        """Requests a second that wrk alone could make with a core of its own."""
        return self.rate / self.generator if self.generator else 0.0


@dataclass(frozen=True)
class Generator:
    """wrk, aimed at an address and port (TLS or not), whatever the names of the hosts resolve to."""

    address: str
    port: int
    scheme: str = "https"
    # Those on which wrk may run, as taskset(1) names them; all where it is empty.
    cores: str = ""

    def fire(
        self,
        pages: Page | Sequence[Page],
        *,
        seconds: float,
        connections: int = CONNECTIONS,
        pause: int = 0,
        headers: Mapping[str, str] | None = None,
    ) -> Load:
        """The load of connections that ask for the page, or for random ones of the pages, again and again.

        `pause` is the mean wait in milliseconds before each request. Raises CalledProcessError.
        """
        sent = {**_HEADERS, **(headers or {})}
        first = pages if isinstance(pages, Page) else pages[0]
        with tempfile.NamedTemporaryFile("wb", prefix="bearblog-bench-") as file:
            variables = {"BENCH_ADDRESS": self.address}
            if not isinstance(pages, Page):
                file.write(b"".join(_requests(pages, self.port, sent)))
                file.flush()
                variables["BENCH_REQUESTS"] = file.name
            if pause:
                variables["BENCH_PAUSE"] = str(pause)
            url = f"{self.scheme}://{first.host}:{self.port}{first.path}"
            before = _seconds_of_children()
            printed = self._run(url, seconds, connections, sent, variables)
            return read(printed, cpu_seconds=_seconds_of_children() - before)

    def _run(
        self,
        url: str,
        seconds: float,
        connections: int,
        headers: Mapping[str, str],
        variables: Mapping[str, str],
    ) -> str:
        options = ["--threads=1", f"--connections={connections}", f"--duration={max(1, round(seconds))}s"]
        options += ["--timeout=10s", f"--script={_SCRIPT}"]
        options += [f"--header={name}: {value}" for name, value in headers.items()]
        pinned = ["taskset", "--cpu-list", self.cores] if self.cores else []
        finished = subprocess.run(
            [*pinned, "wrk", *options, url],
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        return finished.stdout


def read(printed: str, *, cpu_seconds: float = 0.0) -> Load:
    """The load that wrk's last line tells of."""
    said = json.loads(printed.strip().splitlines()[-1])
    seconds = said["microseconds"] / 1e6
    return Load(
        requests=said["requests"],
        seconds=seconds,
        bytes=said["bytes"],
        p50=said["p50"] / 1000,
        p99=said["p99"] / 1000,
        longest=said["longest"] / 1000,
        refused=said["refused"],
        broken=said["broken"],
        generator=cpu_seconds / seconds,
    )


def _requests(pages: Sequence[Page], port: int, headers: Mapping[str, str]) -> list[bytes]:
    """Each request after a line with its length."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    made = []
    for number, page in enumerate(pages):
        # No two are the same text, or few pages would be cheaper to send than many.
        own = f"Host: {page.host}:{port}\r\nUser-Agent: reader-{number}\r\n"
        text = f"GET {page.path} HTTP/1.1\r\n{own}{lines}\r\n"
        made.append(f"{len(text.encode())}\n{text}".encode())
    return made


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

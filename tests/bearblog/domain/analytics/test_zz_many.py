"""The one who counts, killed at any moment while the log grows and is rotated: no line is lost or doubled."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.selectors import page_reads
from tests.bearblog.domain.analytics.numbers import number
from tests.logs import Log, beacon, log_line
from tests.replicas import TREE

pytestmark = pytest.mark.usefixtures("committed_db", "post")

_KILLS = 100
# Batches of a few lines, so that it is killed at every step of them.
_PROCESS = """
import django; django.setup()
import sys
from pathlib import Path
from django.conf import settings
from bearblog.domain.analytics import log_reader
log_reader.LINES_A_BATCH = 7
settings.DATABASES["default"]["NAME"], settings.RUNTIME_DIR = sys.argv[1], Path(sys.argv[2])
reader = log_reader.LogReader(Path(sys.argv[3]), Path(sys.argv[4]))
print("reading", flush=True)
while True:
    reader.read()
"""


@contextmanager
def counting(log: Log) -> Iterator[None]:
    """A process that counts all the time, and is killed at the end of the block."""
    database = str(connection.settings_dict["NAME"])
    arguments = [database, str(settings.RUNTIME_DIR), str(log.path), str(log.machine_id)]
    with subprocess.Popen(
        [sys.executable, "-c", _PROCESS, *arguments],
        cwd=TREE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "bearblog.settings"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "reading\n"
        try:
            yield
            assert process.poll() is None
        finally:
            process.kill()


class Visitors:
    """Readers who come one after the other, each to one page; the log is rotated now and then."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.draw = random.Random(99)  # noqa: S311 - the same moments each time
        self.count = 0

    def come(self) -> None:
        address = f"10.{self.count >> 16}.{self.count >> 8 & 255}.{self.count & 255}"
        lines = log_line("/one/", address=address) + beacon("/one/", address=address)
        # Half a line can be all that stands in the file yet.
        cut = self.draw.randrange(len(lines))
        self._log.append(lines[:cut])
        self._log.append(lines[cut:])
        self.count += 1
        if self.draw.random() < 0.02:
            self._log.rotate()


def test_no_line_is_lost_or_counted_twice(log: Log) -> None:
    visitors = Visitors(log)
    for _ in range(_KILLS):
        with counting(log):
            goal = page_reads() + visitors.draw.randrange(60)
            while page_reads() < goal:
                visitors.come()
            # Some steps on, wherever that is for the other process.
            for _ in range(visitors.draw.randrange(100)):
                visitors.come()
    LogReader(log.path, log.machine_id).read()
    assert page_reads() == visitors.count
    assert number("page", "/one/") == number("readers") == visitors.count

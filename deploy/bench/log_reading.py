"""Reads a log with the application's own code and takes the time, in the process that log_lines.py starts."""

import os
import resource
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from pysqlite3 import dbapi2 as sqlite3

from bearblog.domain.accounts.models import User
from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.models import Count, Seen
from bearblog.domain.analytics.selectors import page_reads
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from deploy.bench.log_writer import BLOGS, POSTS_OF_BLOG
from deploy.droplet.progress import say

_COLUMNS = (
    "| lines | lines/s | lines/s of processor | memory now | memory at most | an author waits at most "
    "| rows of readers |"
)
_PAUSE_SECONDS = 0.002


class Author(threading.Thread):
    """Tries to write all the time, and notes for how long there was no way to."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._longest = 0.0

    def run(self) -> None:
        path = settings.DATABASES["default"]["NAME"]
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            free_since = time.perf_counter()
            while True:
                if _may_write(connection):
                    free_since = time.perf_counter()
                self._longest = max(self._longest, time.perf_counter() - free_since)
                time.sleep(_PAUSE_SECONDS)

    def longest_wait(self) -> float:
        """The longest since this was asked last, in seconds."""
        longest, self._longest = self._longest, 0.0
        return longest


def measure(files: Path, log: Path, pages: int) -> None:
    """Fills the site with the blogs of the log, counts file after file and prints the table."""
    _fill()
    say(f"Memory before the first line: {_memory_now():.0f} MB.\n\n{_COLUMNS}\n|{' ---: |' * 7}")
    author = Author()
    author.start()
    reader = LogReader(log)
    total, began = 0, time.perf_counter()
    for file in sorted(files.iterdir()):
        file.rename(log.with_name(file.name))
        began_file, busy = time.perf_counter(), time.process_time()
        lines = reader.read()
        total += lines
        rate = lines / (time.perf_counter() - began_file)
        # What other programs take of the machine is left out of this one.
        own_rate = lines / (time.process_time() - busy)
        wait = author.longest_wait() * 1000
        say(
            f"| {total:,} | {rate:,.0f} | {own_rate:,.0f} | {_memory_now():.0f} MB "
            f"| {_memory_at_most():.0f} MB | {wait:.0f} ms | {Seen.objects.count():,} |"
        )
    seconds = time.perf_counter() - began
    say(f"\n{total:,} lines in {seconds:.1f} s: {total / seconds:,.0f} lines/s.")
    verdict = "all" if page_reads() == pages else "NOT ALL"
    say(f"{page_reads():,} answers with pages and feeds counted, {verdict} that were written.")
    for kind in Count.Kind:
        numbers = Count.objects.filter(kind=kind).values_list("number", flat=True)
        say(f"{kind.label}: {sum(numbers):,} in {len(numbers):,} rows.")


def _may_write(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    connection.execute("ROLLBACK")
    return True


def _fill() -> None:
    owner = User.objects.create_user("owner@example.org")
    blogs = Blog.objects.bulk_create(
        Blog(owner=owner, title=f"Blog {number}", subdomain=f"blog{number}") for number in range(BLOGS)
    )
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    Post.objects.bulk_create(
        Post(blog=blog, title="A post", slug=f"post-{number}", status="published", published_at=long_ago)
        for blog in blogs
        for number in range(POSTS_OF_BLOG)
    )


def _memory_now() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _memory_at_most() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6

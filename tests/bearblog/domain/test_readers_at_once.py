"""Readers who send the same thing at the same moment."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import Settings

from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.models import Count
from bearblog.domain.analytics.selectors import page_reads
from bearblog.domain.blogs.models import Blog
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.newsletter.services import subscribe
from tests.logs import Log, beacon, log_line

pytestmark = pytest.mark.usefixtures("committed_db")


def four_times_at_once(send: Callable[[Blog], object], blog: Blog) -> None:
    cache.clear()
    start = threading.Barrier(4)
    mistakes: list[Exception] = []

    def run() -> None:
        start.wait()
        try:
            send(Blog.objects.get(pk=blog.pk))
        except Exception as mistake:  # noqa: BLE001 - told to the test, whatever it is
            mistakes.append(mistake)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mistakes == []


def test_an_address_is_subscribed_once(blog: Blog) -> None:
    four_times_at_once(lambda own: subscribe(blog=own, email="dora@example.org", address="203.0.113.9"), blog)
    assert Subscriber.objects.count() == 1


def test_a_reader_is_counted_once(blog: Blog, tmp_path: Path, settings: Settings) -> None:
    settings.RUNTIME_DIR = tmp_path / "runtime"
    log = Log(tmp_path)
    log.append(log_line(), beacon())
    four_times_at_once(lambda own: LogReader(log.path, log.machine_id).read(), blog)
    assert list(Count.objects.filter(kind="readers").values_list("number", flat=True)) == [1]
    assert page_reads() == 1

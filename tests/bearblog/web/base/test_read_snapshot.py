"""A reader sees one moment of the database, changes nothing, and holds up nobody who does."""

import threading
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bearblog.domain.blogs.models import Blog
from bearblog.web.base.read_snapshot import read_snapshot, snapshot


def titles() -> list[str]:
    return list(Blog.objects.values_list("title", flat=True))


def elsewhere(change: Callable[[], object]) -> None:
    """Makes the change in another connection, and waits until it is committed."""

    def run() -> None:
        change()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def answer(host: str, method: str, view: Callable[[], object]) -> None:
    def get_response(request: HttpRequest) -> HttpResponse:
        view()
        return HttpResponse()

    read_snapshot(get_response)(RequestFactory().generic(method, "/", headers={"host": host}))


@pytest.mark.usefixtures("committed_db")
def test_a_change_that_comes_between_is_not_seen_and_does_not_wait(blog: Blog) -> None:
    with snapshot():
        assert titles() == ["Alice's notes"]
        elsewhere(lambda: Blog.objects.update(title="Changed"))
        assert titles() == ["Alice's notes"]
    assert titles() == ["Changed"]


@pytest.mark.usefixtures("committed_db")
def test_nothing_can_be_written_until_it_is_over(blog: Blog) -> None:
    with snapshot(), pytest.raises(OperationalError, match="readonly"):
        Blog.objects.update(title="Changed")
    assert titles() == ["Alice's notes"]
    Blog.objects.update(title="Changed")
    assert titles() == ["Changed"]


@pytest.mark.usefixtures("committed_db")
def test_after_a_mistake_all_is_as_before(blog: Blog) -> None:
    with pytest.raises(ValueError, match="mine"), snapshot():
        raise ValueError("mine")
    assert not connection.in_atomic_block
    Blog.objects.update(title="Changed")
    elsewhere(lambda: Blog.objects.update(title="Changed again"))
    assert titles() == ["Changed again"]


@pytest.mark.parametrize("host", ["alice.bear.localhost", "ALICE.bear.localhost.:8443", "example.org"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_readers_of_blogs_change_nothing(blog: Blog, host: str, method: str) -> None:
    with pytest.raises(OperationalError):
        answer(host, method, lambda: Blog.objects.update(title="Changed"))


@pytest.mark.parametrize(
    ("host", "method"),
    [("alice.bear.localhost", "POST"), (settings.MAIN_HOST, "GET"), (f"{settings.MAIN_HOST}:8443", "GET")],
)
def test_forms_and_the_main_site_may_write(blog: Blog, host: str, method: str) -> None:
    answer(host, method, lambda: Blog.objects.update(title="Changed"))
    assert titles() == ["Changed"]

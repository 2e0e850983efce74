"""Many readers, slow pages and an author, all at the same moment."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.stored_pages import pages
from bearblog.domain.posts.services import create_post
from bearblog.engines.pagecache import counts, links
from bearblog.web.base.hosts import HostMiddleware
from bearblog.web.base.read_snapshot import read_snapshot
from bearblog.web.base.requests import SiteRequest
from bearblog.web.base.stored_pages import StoredPagesMiddleware
from bearblog.web.reading.views.home import home
from tests.bearblog.web.on_disk import served, stored

pytestmark = pytest.mark.usefixtures("committed_db")

ALICE = "alice.bear.localhost"
LONG = 60.0
Visit = Callable[[], HttpResponseBase]


class SlowPage:
    """The front page behind the middleware, held back when it is made until somebody lets it go."""

    def __init__(self) -> None:
        self.made = threading.Semaphore(0)
        self.go_on = threading.Event()
        self._chain = read_snapshot(HostMiddleware(StoredPagesMiddleware(self._view)))

    def visit(self) -> HttpResponseBase:
        return self._chain(RequestFactory().get("/", headers={"host": ALICE}))

    def _view(self, request: HttpRequest) -> HttpResponse:
        response = home(request)
        self.made.release()
        assert self.go_on.wait(LONG)
        return response


@pytest.fixture
def slow() -> SlowPage:
    return SlowPage()


@pytest.fixture
def start() -> Iterator[Callable[[Visit], Future[HttpResponseBase]]]:
    """Lets readers come at once, each in a thread with a connection of its own."""

    def of_its_own(visit: Visit) -> HttpResponseBase:
        try:
            return visit()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=16) as readers:
        yield lambda visit: readers.submit(of_its_own, visit)


Start = Callable[[Visit], Future[HttpResponseBase]]


@pytest.fixture(autouse=True)
def _open(blog: Blog) -> None:
    links.ensure_current(pages())


def body(response: HttpResponseBase) -> bytes:
    assert isinstance(response, HttpResponse)
    assert response.status_code == 200
    return response.content


def test_many_first_readers_have_the_page_made_once(
    at: Callable[[str], Client], blog: Blog, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StoredPagesMiddleware, "patience", LONG)
    create_post(blog=blog, title="Post", text="Words", status="published")
    gate = threading.Barrier(12)

    def visit() -> HttpResponseBase:
        client = at(ALICE)
        gate.wait()
        return client.get("/post/")

    answers = [body(answer.result()) for answer in [start(visit) for _ in range(12)]]
    assert set(answers) == {served(ALICE, "/post/")}
    totals = counts.totals(pages())
    assert (totals.renders, totals.found) == (1, 11)


def test_who_has_waited_long_enough_is_served_without_storing(
    slow: SlowPage, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StoredPagesMiddleware, "patience", 0.01)
    quick = SlowPage()
    quick.go_on.set()
    first = start(slow.visit)
    assert slow.made.acquire(timeout=LONG)
    others = [body(answer.result()) for answer in [start(quick.visit) for _ in range(3)]]
    assert stored(ALICE) == set()
    slow.go_on.set()
    assert others == [body(first.result())] * 3
    assert served(ALICE, "/") == others[0]


def test_a_page_that_is_late_is_put_where_nobody_reads(
    slow: SlowPage, reader: Client, blog: Blog, start: Start
) -> None:
    late = start(slow.visit)
    assert slow.made.acquire(timeout=LONG)
    create_post(blog=blog, title="Breaking news", text="", status="published")
    assert served(ALICE, "/") is None
    slow.go_on.set()
    assert b"Breaking news" not in body(late.result())
    assert stored(ALICE) == {"/"}
    assert served(ALICE, "/") is None
    assert b"Breaking news" in reader.get("/").content
    assert b"Breaking news" in (served(ALICE, "/") or b"")


def test_a_late_page_does_not_come_back_over_a_new_one(
    slow: SlowPage, reader: Client, blog: Blog, start: Start
) -> None:
    late = start(slow.visit)
    assert slow.made.acquire(timeout=LONG)
    create_post(blog=blog, title="Breaking news", text="", status="published")
    new = reader.get("/").content
    slow.go_on.set()
    assert body(late.result()) != new
    assert served(ALICE, "/") == new == reader.get("/").content


def test_blog_and_page_are_of_one_moment(blog: Blog, start: Start) -> None:
    seen: list[tuple[int, bool]] = []
    found, go_on = threading.Event(), threading.Event()

    def view(request: SiteRequest) -> HttpResponse:
        assert request.blog is not None
        found.set()
        assert go_on.wait(LONG)
        seen.append((request.blog.version, request.blog.posts.exists()))
        return HttpResponse()

    chain = read_snapshot(HostMiddleware(view))
    version = blog.version
    answer = start(lambda: chain(RequestFactory().get("/", headers={"host": ALICE})))
    assert found.wait(LONG)
    create_post(blog=blog, title="News", text="", status="published")
    go_on.set()
    answer.result()
    assert seen == [(version, False)]

"""A stored page that is not what it should be is found; one that only seems so is left alone."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from bearblog.domain.blogs import stored_pages
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import change, delete_blog, set_custom_domain
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from bearblog.engines.pagecache import again, stored
from bearblog.ops import canary, web_process
from bearblog.ops.canary import Canary
from bearblog.ops.web_process import Render
from tests.bearblog.ops.web_server import WebServer

OWN, DOMAIN = "alice.bear.localhost", "example.org"
PATHS = (
    "/", "/blog/", "/one/", "/tags/", "/tags/rain/", "/archive/", "/search/", "/feed/", "/rss/", "/feed.json",
    "/sitemap.xml", "/robots.txt", "/favicon.svg",
)  # fmt: skip
STALE = b"<p>what it was long ago</p>"


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canary, "SECONDS_UNTIL_SURE", 0.0)
    monkeypatch.setattr(canary, "_REST", 0.0)


@pytest.fixture
def post(blog: Blog) -> Post:
    """A post that readers see, on a blog with a domain."""
    set_custom_domain(blog=blog, domain=DOMAIN)
    text = "Words {{ posts }}" * 30
    return create_post(blog=blog, title="One", text=text, tags=["rain"], status="published")


def write(blog: Blog, path: str = "/one/", host: str = OWN, body: bytes = STALE) -> None:
    place = stored_pages.place_of(Blog.objects.get(pk=blog.pk), host, path)
    assert stored.write(stored_pages.pages(), place, body, "text/html")


def is_stored(blog: Blog, path: str = "/one/", host: str = OWN) -> bool:
    place = stored_pages.place_of(Blog.objects.get(pk=blog.pk), host, path)
    return stored.read(stored_pages.pages(), place) is not None


def look_twice(between: Callable[[], object] = lambda: None) -> None:
    one = Canary()
    one.look()
    between()
    one.look()


def test_what_the_application_makes_stays(
    web_server: WebServer, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    for path in PATHS:
        assert web_process.ask(OWN, path, Render.AGAIN).status == 200
    one = Canary()
    for _ in range(100):
        one.look()
    assert {asked[1] for asked in web_server.asked if asked[2] == "compare"} == set(PATHS)
    assert all(is_stored(post.blog, path) for path in PATHS)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_page_that_is_wrong_takes_all_pages_of_the_blog_with_it(
    web_server: WebServer, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    write(post.blog)
    look_twice(lambda: write(post.blog, "/", DOMAIN))
    assert not is_stored(post.blog)
    assert not is_stored(post.blog, "/", DOMAIN)
    assert not (stored_pages.pages().last / OWN / "one").exists()
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert f"https://{OWN}/one/" in record.getMessage()


def test_a_page_that_should_be_a_redirect_by_now_is_wrong(web_server: WebServer, post: Post) -> None:
    write(post.blog, body=web_process.ask(OWN, "/one/", Render.COMPARE).body)
    Blog.objects.update(domain_answers=True)
    look_twice()
    assert not is_stored(post.blog)


def test_once_is_not_enough(web_server: WebServer, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canary, "SECONDS_UNTIL_SURE", 3600.0)
    write(post.blog)
    look_twice()
    assert len(web_server.asked) == 2
    assert is_stored(post.blog)


def make_due(blog: Blog) -> None:
    Blog.objects.update(updated_at=timezone.now() - timedelta(hours=1))
    Post.objects.update(published_at=timezone.now())


FALSE_ALARMS: dict[str, Callable[[Blog], object]] = {
    "written anew": write,
    "changed": lambda blog: change(blog, title="New"),
    "asked for again": lambda blog: again.ask(stored_pages.pages(), str(blog.pk), "/one/"),
    "a post is due": make_due,
    "gone": lambda blog: delete_blog(blog=blog),
}
each_false_alarm = pytest.mark.parametrize("happen", FALSE_ALARMS.values(), ids=FALSE_ALARMS)


@each_false_alarm
def test_what_happens_between_two_looks_is_no_fault(
    web_server: WebServer, post: Post, happen: Callable[[Blog], object], caplog: pytest.LogCaptureFixture
) -> None:
    write(post.blog)
    look_twice(lambda: happen(post.blog))
    assert "is not what the application makes" not in caplog.text


@each_false_alarm
def test_what_happens_while_the_page_is_made_is_no_fault(
    web_server: WebServer, post: Post, happen: Callable[[Blog], object], caplog: pytest.LogCaptureFixture
) -> None:
    write(post.blog)

    def happen_once() -> None:
        web_server.before = lambda: None
        happen(Blog.objects.get())

    def again_soon() -> None:
        web_server.before = happen_once

    web_server.before = happen_once
    look_twice(again_soon)
    assert "is not what the application makes" not in caplog.text


@pytest.mark.parametrize("status", ["500 Broken", "503 Out of order", "429 Too many"])
def test_an_application_out_of_order_says_nothing_of_a_page(
    web_server: WebServer, post: Post, status: str
) -> None:
    write(post.blog)
    web_server.status = status
    look_twice()
    assert len(web_server.asked) == 2
    assert is_stored(post.blog)


def test_an_application_that_is_down_says_nothing_of_a_page(committed_db: None, post: Post) -> None:
    write(post.blog)
    look_twice()
    assert is_stored(post.blog)


def test_after_a_look_that_took_long_it_rests(
    web_server: WebServer, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canary, "_REST", 1_000_000.0)
    write(post.blog)
    look_twice()
    assert len(web_server.asked) == 1


def test_large_pages_and_those_of_the_main_site_are_not_asked_for(web_server: WebServer, post: Post) -> None:
    stored_pages.settle_main()
    stored.write(stored_pages.pages(), stored_pages.main_place("/"), STALE, "text/html")
    write(post.blog, body=b"x" * (canary.MOST_BYTES + 1))
    for _ in range(10):
        Canary().look()
    assert web_server.asked == []
    assert settings.MAIN_HOST in {link.name for link in stored_pages.pages().hosts.iterdir()}

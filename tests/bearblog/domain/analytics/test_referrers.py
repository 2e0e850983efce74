"""Where readers came from: said by the page's own line, counted with its beacon."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bearblog.domain.analytics import referrer_limit, referrers
from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.models import Count
from bearblog.domain.analytics.referrers import Referrers
from bearblog.domain.blogs.models import Blog, FormerName
from bearblog.engines.access_log.line import parse
from tests.bearblog.domain.analytics.numbers import names, number
from tests.logs import FIREFOX, NOON, Log, beacon, log_line

Kind = Count.Kind
NEWS = "https://news.example.com"

pytestmark = pytest.mark.usefixtures("post")


@pytest.fixture
def count(log: Log, reader_of: LogReader) -> Callable[..., None]:
    """Appends lines to the log and counts them."""

    def append_and_count(*lines: bytes) -> None:
        log.append(*lines)
        reader_of.read()

    return append_and_count


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize("status", [200, 304])
def test_the_line_of_the_page_says_where_its_reader_came_from(
    count: Callable[..., None], status: int
) -> None:
    count(log_line("/one/", referrer=NEWS, status=status), beacon("/one/", moment=later(60)))
    assert number(Kind.REFERRER, "news.example.com") == 1


def test_both_lines_may_be_read_at_different_times(count: Callable[..., None]) -> None:
    count(log_line("/one/", referrer=NEWS))
    count(beacon("/one/", moment=later(5)))
    assert names(Kind.REFERRER) == ["news.example.com"]


def test_the_beacon_may_write_the_path_otherwise(blog: Blog, count: Callable[..., None]) -> None:
    blog.posts.create(title="é", slug="é", status="published", published_at="2020-01-01T00:00Z")
    count(log_line("/%C3%A9/", referrer=NEWS), beacon("/%c3%a9/"))
    assert names(Kind.REFERRER) == ["news.example.com"]


@pytest.mark.parametrize(
    "page",
    [
        log_line("/one/"),
        log_line("/", referrer=NEWS),
        log_line("/one/", referrer=NEWS, address="203.0.113.10"),
        log_line("/one/", referrer=NEWS, user_agent="Lynx/2"),
        log_line("/one/", referrer=NEWS, host="before.bear.localhost"),
        log_line("/one/", referrer=NEWS, status=404),
        log_line("/one/", referrer=NEWS, method="POST"),
        log_line("/one/", referrer=NEWS, moment=NOON - timedelta(seconds=61)),
    ],
)
def test_what_another_reader_or_another_page_says_is_nothing(
    blog: Blog, count: Callable[..., None], page: bytes
) -> None:
    FormerName.objects.create(blog=blog, subdomain="before")
    count(page, beacon("/one/"))
    assert number(Kind.PAGE, "/one/") == 1
    assert names(Kind.REFERRER) == []


@pytest.mark.parametrize(
    "referrer",
    [
        "https://alice.bear.localhost:8443",
        "https://alice.bear.localhost",
        "https://www.alice.example",
        "https://before.bear.localhost/",
        "nonsense",
        "",
        "http://[",
        "https://no_host/",
        "android-app://x",
    ],
)
def test_own_and_odd_referrers_are_left_blank(blog: Blog, count: Callable[..., None], referrer: str) -> None:
    Blog.objects.update(custom_domain="alice.example")
    FormerName.objects.create(blog=blog, subdomain="before")
    count(log_line("/one/", referrer=referrer), beacon("/one/"))
    assert number(Kind.PAGE, "/one/") == 1
    assert names(Kind.REFERRER) == []


def test_made_up_referrers_are_bounded(count: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referrer_limit, "REFERRERS_A_DAY", 2)
    for last in range(1, 5):
        address = f"203.0.113.{last}"
        page = log_line("/one/", referrer=f"https://r{last}.example.com", address=address)
        count(page, beacon("/one/", address=address))
    assert names(Kind.REFERRER) == ["r1.example.com", "r2.example.com"]
    count(log_line("/one/", referrer="https://r1.example.com"), beacon("/one/"))
    assert number(Kind.REFERRER, "r1.example.com") == 2


def test_what_is_remembered_is_bounded_in_time_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referrers, "_MOST", 10)
    known = Referrers()
    for number_ in range(100):
        known.note(parse(log_line("/", referrer=NEWS, user_agent=f"{FIREFOX} {number_}")))
    assert len(known._known) == 10
    known.note(parse(log_line("/", referrer=NEWS, moment=later(61))))
    assert len(known._known) == 1

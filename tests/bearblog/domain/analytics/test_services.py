"""Readers are counted from the lines of a log, once a day, and nothing about them is kept."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.analytics import counting, limits, salt, selectors, services
from bearblog.domain.analytics.errors import AnalyticsError
from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.models import Count, LogPlace, Seen
from bearblog.domain.analytics.referrers import Referrers
from bearblog.domain.analytics.visits import sort_lines, visits_in
from bearblog.domain.blogs.models import Blog, FormerName
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.models import Post
from bearblog.engines.access_log.line import parse
from tests.bearblog.domain.analytics.numbers import names, number
from tests.logs import FIREFOX, NOON, READER, Log, beacon, log_line

Kind = Count.Kind
Count_ = Callable[..., None]

pytestmark = pytest.mark.usefixtures("post")


@pytest.fixture
def count(log: Log, reader_of: LogReader) -> Count_:
    """Appends lines to the log and counts them."""

    def append_and_count(*lines: bytes) -> None:
        log.append(*lines)
        assert reader_of.read() == len(lines)

    return append_and_count


def test_a_reader_counts_once_a_day_and_once_a_page(count: Count_) -> None:
    count(log_line("/", referrer="https://news.example.com"), beacon("/"), beacon("/"), beacon("/one/"))
    count(beacon("/"), beacon("/blog/"), beacon("/one/", address="203.0.113.10"))
    assert number(Kind.READERS) == 2
    assert (number(Kind.PAGE, "/"), number(Kind.PAGE, "/one/"), number(Kind.PAGE, "/blog/")) == (1, 2, 1)
    assert number(Kind.REFERRER, "news.example.com") == 1
    assert number(Kind.BROWSER, "Firefox") == number(Kind.PLATFORM, "Linux") == 2
    assert not Count.objects.filter(kind=Kind.COUNTRY).exists()


def test_numbers_stay_right_when_all_that_tells_readers_apart_is_gone(blog: Blog, count: Count_) -> None:
    late = datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)
    count(*(beacon(address=f"203.0.113.{last}", moment=late) for last in range(1, 51)))
    assert services.forget_all_but(date(2026, 11, 20)) == 0
    count(beacon(moment=late + timedelta(seconds=1)))
    assert services.forget_all_but(date(2026, 11, 21)) == 100
    assert Seen.objects.count() == 2
    span = selectors.span_of(7, date(2026, 11, 21))
    assert list(selectors.numbers_by_day(blog, span, Kind.READERS).values()) == [50, 1]


def test_the_day_of_a_line_is_its_own_in_utc(blog: Blog, count: Count_) -> None:
    moments = [datetime(2026, 11, 20, 23, 59, 59, 999_000, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)]
    count(*(beacon(moment=moment) for moment in [*moments, *moments]))
    days = Count.objects.filter(kind=Kind.READERS).order_by("day").values_list("day", "number")
    assert list(days) == [(date(2026, 11, 20), 1), (date(2026, 11, 21), 1)]


def test_the_salt_is_thrown_away_with_the_day(tmp_path: Path, log: Log) -> None:
    today, yesterday = date(2026, 11, 21), date(2026, 11, 20)
    old = salt.salt_of(yesterday)
    new = salt.salt_of(today)
    assert old != new
    assert salt.salt_of(today) == new
    assert salt.forget_all_but(today) == 1
    assert salt.salt_of(today) == new
    assert salt.salt_of(yesterday) != old
    file = tmp_path / "runtime/salt-2026-11-21"
    assert file.stat().st_mode & 0o777 == 0o600


def test_of_the_days_only_this_and_the_next_are_remembered(count: Count_, tmp_path: Path) -> None:
    # What was read while the day went by is of the next.
    count(*(beacon(moment=NOON + timedelta(days=days)) for days in (-1, 0, 1, 2)))
    assert services.forget_all_but(NOON.date()) == 4
    assert Seen.objects.count() == 4
    assert {file.name for file in (tmp_path / "runtime").glob("salt-*")} == {
        "salt-2026-11-20",
        "salt-2026-11-21",
    }


def test_nothing_about_a_reader_is_stored(count: Count_) -> None:
    count(beacon(), log_line("/feed/"))
    rows = [*Seen.objects.values_list(), *Count.objects.values_list(), *LogPlace.objects.values_list()]
    assert READER not in str(rows)
    assert "Mozilla" not in str(rows)


@pytest.mark.parametrize(
    "line",
    [
        beacon(user_agent=""),
        beacon(user_agent="  "),
        beacon(user_agent="Googlebot/2.1"),
        beacon("/nothing/"),
        beacon("https://elsewhere.example/"),
        beacon("/" + "x" * 5000),
        beacon("/\x00"),
        beacon("/%00"),
        beacon("/%ff"),
        beacon("/%ed%a0%80/"),
        beacon("/feed/"),
        beacon(address="unknown"),
        beacon(address=""),
        beacon(host="bear.localhost:8443"),
        beacon(host="nobody.bear.localhost"),
        beacon(host="elsewhere.example"),
        beacon(host=".."),
        beacon(host=""),
        beacon(host="x" * 300),
        beacon(status=404),
        beacon(status=200),
        beacon(method="POST"),
        beacon(method="HEAD"),
        log_line("/hit", status=204),
        log_line("/history/", status=204),
        log_line("/one/"),
    ],
)
def test_what_is_no_reader_of_the_blog_is_not_counted(count: Count_, line: bytes) -> None:
    count(line)
    assert not Count.objects.exists()


def test_paths_are_counted_as_they_are_written_however_they_are_asked_for(blog: Blog, count: Count_) -> None:
    Post.objects.create(
        blog=blog, title="Café", slug="café", status="published", published_at="2020-01-01T00:00Z"
    )
    count(
        *(
            beacon(path, user_agent=f"{FIREFOX} {path}")
            for path in ("/caf%C3%A9/", "/CAF%c3%89/", "/cafe%CC%81")
        )
    )
    assert names(Kind.PAGE) == ["/café/"]
    assert number(Kind.PAGE, "/café/") == 3


def test_the_list_is_counted_where_the_blog_has_it(blog: Blog, count: Count_) -> None:
    Blog.objects.update(blog_path="notes")
    count(beacon("/notes/"), beacon("/blog/"))
    assert names(Kind.PAGE) == ["/notes/"]


@pytest.mark.parametrize("published", [{"status": "draft"}, {"published_at": "2999-01-01T00:00Z"}])
def test_what_is_not_published_is_not_counted(count: Count_, published: dict[str, str]) -> None:
    Post.objects.update(**published)
    count(beacon("/one/"))
    assert not Count.objects.exists()


def test_a_blog_counts_what_happens_on_its_own_hosts(blog: Blog, bob: User, count: Count_) -> None:
    create_blog(owner=bob, title="Bob's", subdomain="bobs")
    Blog.objects.filter(pk=blog.pk).update(custom_domain="alice.example")
    FormerName.objects.create(blog=blog, subdomain="before")
    own = ("ALICE.bear.localhost.", "alice.example:8443", "www.alice.example", "before.bear.localhost")
    count(*(beacon(host=host, user_agent=f"{FIREFOX} {host}") for host in own))
    count(beacon("/one/", host="bobs.bear.localhost"))
    assert list(Count.objects.values_list("blog", flat=True).distinct()) == [blog.pk]
    assert number(Kind.PAGE, "/") == 4


@pytest.mark.parametrize("change", [{"collects_analytics": False}, {"is_blocked": True}])
def test_a_blog_that_collects_nothing_counts_nothing(count: Count_, change: dict[str, bool]) -> None:
    Blog.objects.update(**change)
    count(beacon(), log_line("/feed/", user_agent="Miniflux/2.2"))
    assert not Count.objects.exists()


def test_nothing_is_counted_for_a_blog_that_is_deleted_meanwhile(blog: Blog, log: Log) -> None:
    lines = [parse(beacon())]
    visits, _ = visits_in(sort_lines(lines, Referrers()))
    tally = counting.Tally(visits)
    blog.delete()
    counting.store(tally, LogPlace(inode=1), {})
    assert not Count.objects.exists()


def test_one_address_can_be_counted_so_often_only(count: Count_, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HITS_AN_HOUR", 2)
    count(*(beacon(user_agent=f"{FIREFOX} {number}") for number in range(2)))
    count(beacon(user_agent=f"{FIREFOX} 2"))
    assert number(Kind.PAGE, "/") == 2
    count(beacon(user_agent=f"{FIREFOX} 3", moment=NOON + timedelta(hours=1)))
    assert number(Kind.PAGE, "/") == 3


def test_a_household_is_one_address(count: Count_, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HITS_AN_HOUR", 2)
    addresses = ("2001:db8::1", "2001:db8::2", "2001:db8::3")
    count(*(beacon(address=address, user_agent=f"{FIREFOX} {address}") for address in addresses))
    assert number(Kind.PAGE, "/") == 2


def test_the_memory_of_limits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST_NETWORKS", 10)
    limit = limits.HourlyLimit()
    assert all(limit.spend(str(number), 0) for number in range(100))
    assert len(limit._spent) <= 11


def test_feed_readers_are_counted_by_their_people(count: Count_) -> None:
    count(
        log_line("/feed/", user_agent="Feedly/1.0 (bot; 42 subscribers)"),
        log_line("/rss/", user_agent="Feedly/1.0 (bot; 40 subscribers)"),
        log_line("/atom/", user_agent="NetNewsWire (RSS Reader)"),
        log_line("/atom.xml", user_agent="NetNewsWire (RSS Reader)", status=304),
    )
    count(
        log_line("/feed.json", user_agent="Feedly/1.0 (bot; 41 subscribers)", status=304),
        log_line("/atom/", user_agent="NetNewsWire (RSS Reader)"),
        log_line("/atom/", user_agent="NetNewsWire (RSS Reader)", address="203.0.113.10"),
    )
    assert number(Kind.FEED, "Feedly") == 42
    assert number(Kind.FEED, "NetNewsWire") == 2
    assert not Count.objects.filter(kind=Kind.READERS).exists()


def test_a_feed_at_the_authors_own_address_is_a_feed(blog: Blog, count: Count_) -> None:
    Blog.objects.update(feed_alias="/journal/neu-\u00e9.xml")
    count(log_line("/journal/neu-%C3%A9.xml", user_agent="Miniflux/2.2"))
    assert names(Kind.FEED) == ["Miniflux"]


@pytest.mark.parametrize(
    "line",
    [
        log_line("/feed/", user_agent=""),
        log_line("/feed/", status=404),
        log_line("/feed/", status=301),
        log_line("/feed/", method="HEAD"),
        log_line("/feed/", host="nobody.bear.localhost"),
        log_line("/feed/", address="unknown"),
        log_line("/feeds/"),
    ],
)
def test_what_is_no_feed_reader_is_not_counted(count: Count_, line: bytes) -> None:
    count(line)
    assert not Count.objects.exists()


def test_a_post_at_the_address_of_a_feed_is_a_page(blog: Blog, count: Count_) -> None:
    Post.objects.create(blog=blog, title="Rss", slug="rss", status="published", published_at=timezone.now())
    count(beacon("/rss/"))
    assert number(Kind.PAGE, "/rss/") == 1


def test_where_the_salt_cannot_be_kept_nobody_is_counted_and_nobody_is_lost(
    log: Log, reader_of: LogReader, tmp_path: Path
) -> None:
    log.append(beacon())
    in_the_way = tmp_path / "runtime/salt-2026-11-20"
    in_the_way.mkdir(parents=True)
    with pytest.raises(AnalyticsError, match=r"The day's salt cannot be read"):
        reader_of.read()
    assert not Seen.objects.exists()
    in_the_way.rmdir()
    assert reader_of.read() == 1
    assert number(Kind.PAGE, "/") == 1


def test_pages_are_told_with_their_likes(blog: Blog, count: Count_) -> None:
    count(beacon("/one/"), beacon("/"))
    span = selectors.span_of(30, NOON.date())
    found = {
        total.name: (total.number, total.title, total.likes) for total in selectors.page_totals(blog, span)
    }
    assert found == {"/one/": (1, "One", 3), "/": (1, "", None)}


def test_answers_with_pages_and_feeds_of_blogs_are_told(count: Count_) -> None:
    assert selectors.page_reads() == 0
    count(
        *(log_line(path, user_agent="Googlebot/2.1") for path in ("/", "/one/", "/feed/", "/sitemap.xml")),
        log_line("/one/", status=304),
        *(log_line(path) for path in ("/static/a.css", "/media/a.webp", "/style/a.css", "/hit/")),
        log_line("/nothing/", status=404),
        log_line("/discover/", host="bear.localhost:8443"),
        log_line("/one/", method="POST"),
        beacon("/one/"),
    )
    assert selectors.page_reads() == 5
    count(log_line("/one/"))
    assert selectors.page_reads() == 6


@pytest.mark.parametrize(("asked", "days"), [(1, 7), (30, 30), (99999, 3650)])
def test_the_days_stay_between_a_week_and_ten_years(asked: int, days: int) -> None:
    assert selectors.span_of(asked, timezone.now().date()).days == days

"""Readers are counted, once a day, and nothing about them is kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings

from bearblog.domain.analytics import salt, selectors, services
from bearblog.domain.analytics.models import Count, Seen
from bearblog.domain.analytics.services import record_hit
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
READER = "203.0.113.9"
Kind = Count.Kind


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    cache.clear()
    settings.RUNTIME_DIR = tmp_path / "runtime"


@pytest.fixture(autouse=True)
def post(blog: Blog) -> Post:
    return Post.objects.create(
        blog=blog, title="One", slug="one", status="published", published_at=timezone.now(), like_count=3
    )


def hit(blog: Blog, path: str = "/", **sent: str) -> bool:
    return record_hit(blog=blog, path=path, **({"address": READER, "user_agent": FIREFOX} | sent))


def number(kind: str, name: str = "") -> int:
    return sum(Count.objects.filter(kind=kind, name=name).values_list("number", flat=True))


def test_a_reader_counts_once_a_day_and_once_a_page(blog: Blog) -> None:
    assert hit(blog, "/", referrer="https://news.example.com/item?id=1")
    assert not hit(blog, "/")
    assert hit(blog, "/one/")
    assert hit(blog, "/blog/")
    assert hit(blog, "/one/", address="203.0.113.10")
    assert number(Kind.READERS) == 2
    assert (number(Kind.PAGE, "/"), number(Kind.PAGE, "/one/"), number(Kind.PAGE, "/blog/")) == (1, 2, 1)
    assert number(Kind.REFERRER, "news.example.com") == 1
    assert number(Kind.BROWSER, "Firefox") == number(Kind.PLATFORM, "Linux") == 2
    assert not Count.objects.filter(kind=Kind.COUNTRY).exists()


def test_numbers_stay_right_when_all_that_tells_readers_apart_is_gone(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 23, 59, tzinfo=UTC))
    Post.objects.update(published_at=datetime(2026, 1, 1, tzinfo=UTC))
    for last in range(1, 51):
        assert hit(blog, address=f"203.0.113.{last}")
    assert services.forget_yesterday() == 0
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 21, 0, 0, tzinfo=UTC))
    assert services.forget_yesterday() == 100
    assert not Seen.objects.exists()
    assert hit(blog)
    span = selectors.span_of(7, timezone.now().date())
    by_day = selectors.numbers_by_day(blog, span, Kind.READERS)
    assert list(by_day.values()) == [50, 1]


def test_the_salt_is_thrown_away_with_the_day(tmp_path: Path) -> None:
    today, yesterday = datetime(2026, 11, 21).date(), datetime(2026, 11, 20).date()  # noqa: DTZ001 - days have no zone
    old = salt.salt_of(yesterday)
    new = salt.salt_of(today)
    assert old != new
    assert salt.salt_of(today) == new
    assert salt.forget_all_but(today) == 1
    assert salt.salt_of(today) == new
    assert salt.salt_of(yesterday) != old
    file = tmp_path / "runtime/salt-2026-11-21"
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_about_a_reader_is_stored(blog: Blog) -> None:
    hit(blog)
    stored = str([*Seen.objects.values_list(), *Count.objects.values_list()])
    assert READER not in stored
    assert "Mozilla" not in stored


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/", {"user_agent": ""}),
        ("/", {"user_agent": "Googlebot/2.1"}),
        ("/nothing/", {}),
        ("", {}),
        ("https://elsewhere.example/", {}),
        ("/" + "x" * 5000, {}),
        ("/\x00", {}),
        ("/%ff", {}),
        ("/", {"address": "unknown"}),
    ],
)
def test_what_is_no_reader_of_the_blog_is_not_counted(blog: Blog, path: str, sent: dict[str, str]) -> None:
    assert not hit(blog, path, **sent)
    assert not Count.objects.exists()


def test_drafts_are_not_counted(blog: Blog, post: Post) -> None:
    Post.objects.update(status=Post.Status.DRAFT)
    assert not hit(blog, "/one/")


def test_a_blog_that_collects_nothing_counts_nothing(blog: Blog) -> None:
    blog.collects_analytics = False
    assert not hit(blog)


@pytest.mark.parametrize(
    "referrer",
    ["https://alice.bear.localhost:8443/", "nonsense", "", "http://[", "https://no_host/", "android-app://x"],
)
def test_own_and_odd_referrers_are_left_blank(blog: Blog, referrer: str) -> None:
    assert hit(blog, referrer=referrer)
    assert not Count.objects.filter(kind=Kind.REFERRER).exists()


def test_made_up_referrers_are_bounded(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bearblog.domain.analytics.counting.REFERRERS_A_DAY", 1)
    for last in range(1, 4):
        assert hit(blog, address=f"203.0.113.{last}", referrer=f"https://r{last}.example.com/")
    assert Count.objects.filter(kind=Kind.REFERRER).count() == 1


def test_one_address_can_be_counted_so_often_only(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "HITS_AN_HOUR", 2)
    assert [hit(blog, user_agent=f"{FIREFOX} {number}") for number in range(3)] == [True, True, False]


def test_feed_readers_are_counted_by_their_people(blog: Blog) -> None:
    assert hit(blog, "/feed/", user_agent="Feedly/1.0 (bot; 42 subscribers)")
    assert not hit(blog, "/rss/", user_agent="Feedly/1.0 (bot; 40 subscribers)")
    assert hit(blog, "/atom/", user_agent="NetNewsWire (RSS Reader)")
    assert not hit(blog, "/atom/", user_agent="NetNewsWire (RSS Reader)")
    assert hit(blog, "/atom/", user_agent="NetNewsWire (RSS Reader)", address="203.0.113.10")
    assert number(Kind.FEED, "Feedly") == 42
    assert number(Kind.FEED, "NetNewsWire") == 2
    assert not Count.objects.filter(kind=Kind.READERS).exists()


def test_a_post_at_the_address_of_a_feed_is_a_page(blog: Blog) -> None:
    Post.objects.create(blog=blog, title="Rss", slug="rss", status="published", published_at=timezone.now())
    hit(blog, "/rss/")
    assert number(Kind.PAGE, "/rss/") == 1


def test_where_the_salt_cannot_be_kept_nobody_is_counted(
    blog: Blog, tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    settings.RUNTIME_DIR = tmp_path / "file"
    assert not hit(blog)
    assert "cannot be" in caplog.text
    assert not Seen.objects.exists()


def test_pages_are_told_with_their_likes(blog: Blog) -> None:
    hit(blog, "/one/")
    hit(blog, "/")
    span = selectors.span_of(30, timezone.now().date())
    found = {
        total.name: (total.number, total.title, total.likes) for total in selectors.page_totals(blog, span)
    }
    assert found == {"/one/": (1, "One", 3), "/": (1, "", None)}


@pytest.mark.parametrize(("asked", "days"), [(1, 7), (30, 30), (99999, 3650)])
def test_the_days_stay_between_a_week_and_ten_years(asked: int, days: int) -> None:
    assert selectors.span_of(asked, timezone.now().date()).days == days

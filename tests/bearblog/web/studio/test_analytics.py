"""The numbers of a blog, for those who may see them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from bearblog.domain.accounts.models import User
from bearblog.domain.analytics.models import Count
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.posts.models import Post

Kind = Count.Kind
PAGE = "/studio/alice/analytics/"


@pytest.fixture(autouse=True)
def _numbers(blog: Blog) -> None:
    today = timezone.now().date()
    Post.objects.create(
        blog=blog,
        title="Honey & wax",
        slug="honey",
        status="published",
        published_at=timezone.now(),
        like_count=7,
    )
    Count.objects.bulk_create(
        Count(blog=blog, day=today - timedelta(days=days), kind=kind, name=name, number=number)
        for days, kind, name, number in (
            (0, Kind.READERS, "", 4),
            (3, Kind.READERS, "", 6),
            (20, Kind.READERS, "", 100),
            (0, Kind.PAGE, "/honey/", 5),
            (3, Kind.PAGE, "/honey/", 8),
            (3, Kind.PAGE, "/", 2),
            (0, Kind.REFERRER, "news.example.com", 3),
            (0, Kind.COUNTRY, "DE", 3),
            (0, Kind.FEED, "Feedly", 40),
            (1, Kind.FEED, "Feedly", 42),
            (0, Kind.REFERRER, "=cmd|' /C calc'!A0", 1),
        )
    )


def test_readers_pages_and_all_else_are_shown(studio: Client) -> None:
    page = studio.get(f"{PAGE}?days=7").content.decode()
    assert "<strong>10</strong> readers and <strong>15</strong> reads in 7 days" in page
    for words in ("Honey &amp; wax", "Home page", "news.example.com", "Germany", "Feedly", ">42<", ">7<"):
        assert words in page
    assert page.count("<rect") == 14
    assert 'role="img"' in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("asked", "days", "bars"),
    [
        ("", 30, 30),
        ("30", 30, 30),
        ("1", 7, 7),
        ("90", 90, 90),
        ("365", 365, 53),
        ("99999", 3650, 122),
        ("x", 30, 30),
    ],
)
def test_the_span_is_a_choice(studio: Client, asked: str, days: int, bars: int) -> None:
    page = studio.get(f"{PAGE}?days={asked}").content.decode()
    assert f"in {days} days" in page
    assert page.count('class="wide"') == bars
    assert 'class="message error"' not in page


def test_the_sum_of_the_bars_is_the_sum_of_the_days(studio: Client) -> None:
    context = studio.get(f"{PAGE}?days=365").context
    assert sum(bar.narrow for bar in context["chart"].bars) == context["readers"] == 110


def test_one_name_can_be_looked_at_alone(studio: Client) -> None:
    response = studio.get(f"{PAGE}?days=7&kind=page&name=/honey/")
    assert "Only <strong>/honey/</strong>: 13 in 7 days" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["kind=nonsense&name=x", "kind=page&name=", "kind=page&name=/gone/", "days=-1"]
)
def test_an_odd_question_is_no_error(studio: Client, query: str) -> None:
    assert studio.get(f"{PAGE}?{query}").status_code == 200


def test_the_file_holds_each_number_and_no_formula(studio: Client) -> None:
    response = studio.get(f"{PAGE}file/?days=7")
    lines = response.content.decode().splitlines()
    assert lines[0] == "day,kind,name,number"
    assert f"{timezone.now().date()},page,/honey/,5" in lines
    assert any("'=cmd" in line for line in lines)
    assert "attachment" in response.headers["Content-Disposition"]


def test_queries_stay_few_however_many_numbers_there_are(
    studio: Client, blog: Blog, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    today = timezone.now().date()
    Count.objects.bulk_create(
        Count(blog=blog, day=today - timedelta(days=day), kind=Kind.PAGE, name=f"/{name}/", number=1)
        for day in range(1, 30)
        for name in range(70)
    )
    with django_assert_max_num_queries(16):
        page = studio.get(PAGE).content.decode()
    assert page.count("kind=page") == 50


def test_editors_see_the_numbers_and_writers_do_not(
    blog: Blog, bob: User, signed_in: Callable[[User], Client]
) -> None:
    member = Membership.objects.create(
        blog=blog, email=bob.email, user=bob, role="editor", token_hash="x", accepted_at=timezone.now()
    )
    assert signed_in(bob).get(PAGE).status_code == 200
    assert signed_in(bob).get(f"{PAGE}file/").status_code == 200
    member.role = "writer"
    member.save()
    assert signed_in(bob).get(PAGE).status_code == 404
    assert signed_in(bob).get(f"{PAGE}file/").status_code == 404


def test_strangers_see_nothing(
    blog: Blog, charlie: User, signed_in: Callable[[User], Client], main: Client
) -> None:
    assert signed_in(charlie).get(PAGE).status_code == 404
    assert main.get(PAGE).status_code == 302

"""Dates as a blog's readers see them."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from bearblog.domain.blogs.dates import (
    check_date_format,
    check_time_zone,
    django_language,
    format_date,
    time_zone,
)
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog

NIGHT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def printed(form: str = "", language: str = "en", zone: str = "UTC", of_post: str = "") -> str:
    blog = Blog(language=language, time_zone=zone, date_format=form)
    return format_date(blog, NIGHT, of_post)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "March 1, 2026"),
        ("de", "1. März 2026"),
        ("fr", "1 mars 2026"),
        ("es", "1 de marzo de 2026"),
        ("pt-BR", "1 de Março de 2026"),
        ("ko", "2026년 3월 1일"),
        ("ja", "2026年3月1日"),
        ("zh-CN", "2026年3月1日"),
        ("ar", "1 مارس، 2026"),
        ("nl-BE", "1 maart 2026"),
        ("ru", "1 марта 2026 г."),
        ("tlh", "March 1, 2026"),
    ],
)
def test_without_a_wish_a_date_has_the_usual_form_of_the_language(language: str, expected: str) -> None:
    assert printed(language=language) == expected


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("d M, Y", "en", "01 Mar, 2026"),
        ("d M, Y", "es", "01 mar, 2026"),
        ("D j. F Y", "de", "So 1. März 2026"),
        ("l jS F y", "en", "Sunday 1st March 26"),
        ("jS F", "fr", "1 mars"),
        ("j F Y", "ru", "1 марта 2026"),
        ("F Y", "ru", "Март 2026"),
        ("H:i h:i g a A", "en", "23:30 11:30 11 pm PM"),
        ("Y-m-d", "ar", "2026-03-01"),
        ("Y年m月d日", "ja", "2026年03月01日"),
        (r"j \o\n Y <b>", "en", r"1 \o\n 2026 <b>"),
    ],
)
def test_an_author_may_choose_the_letters(form: str, language: str, expected: str) -> None:
    assert printed(form, language) == expected


def test_the_time_zone_of_the_blog_decides_the_day() -> None:
    assert printed("Y-m-d", zone="Asia/Seoul") == "2026-03-02"
    assert printed("Y-m-d", zone="America/New_York") == "2026-03-01"


def test_a_zone_that_this_box_does_not_know_is_taken_for_utc() -> None:
    assert str(time_zone(Blog(time_zone="Mars/Olympus"))) == "UTC"
    assert str(time_zone(Blog(time_zone="../etc/passwd"))) == "UTC"


def test_a_post_may_have_a_language_of_its_own() -> None:
    assert printed("j F Y", "en", of_post="de") == "1 März 2026"


def test_the_language_of_the_page_is_left_as_it_was() -> None:
    with translation.override("fr"):
        printed(language="de")
        assert translation.get_language() == "fr"


def test_languages_are_those_of_django() -> None:
    assert django_language("zh-CN") == "zh-hans"
    assert django_language("pt-BR") == "pt-br"
    assert django_language("de-CH") == "de"
    assert django_language("en-GB") == "en-gb"
    assert django_language("tlh") == "en"


@pytest.mark.parametrize("form", ["", " d M, Y ", "Y", "l, F jS"])
def test_a_date_format_is_stored_without_the_space_around_it(form: str) -> None:
    assert check_date_format(form) == form.strip()


@pytest.mark.parametrize("form", ["d" * 33, "???", "-"])
def test_a_format_that_shows_no_date_is_refused(form: str) -> None:
    with pytest.raises(BlogError) as refusal:
        check_date_format(form)
    assert refusal.value.field == "date_format"


def test_time_zones_are_found_in_any_spelling() -> None:
    assert check_time_zone("Europe/Berlin") == "Europe/Berlin"
    assert check_time_zone(" america/new york ") == "America/New_York"
    assert check_time_zone("utc") == "UTC"


@pytest.mark.parametrize("name", ["", "Berlin", "../etc/passwd", "Mars/Olympus"])
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    with pytest.raises(BlogError) as refusal:
        check_time_zone(name)
    assert refusal.value.field == "time_zone"

"""A blog in the language of its author: fixed words, dates and direction."""

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post

pytestmark = pytest.mark.django_db


def front_page(reader: Client, blog: Blog, language: str) -> str:
    Blog.objects.update(language=language)
    create_post(blog=blog, title="First", text="", status="published", published_at="2026-03-01")
    return reader.get("/").content.decode()


@pytest.mark.parametrize(
    ("language", "date", "feed"),
    [
        ("en", "March 1, 2026", ">Feed<"),
        ("de", "1. März 2026", ">Feed<"),
        ("fr-CA", "1 mars 2026", ">Flux<"),
        ("ko", "2026년 3월 1일", ">피드<"),
        ("ja", "2026年3月1日", ">フィード<"),
        ("zh-CN", "2026年3月1日", ">订阅源<"),
    ],
)
def test_the_language_of_the_blog_decides(
    reader: Client, blog: Blog, language: str, date: str, feed: str
) -> None:
    page = front_page(reader, blog, language)
    assert f'<html lang="{language}">' in page
    assert date in page
    assert feed in page


@pytest.mark.parametrize("language", ["ar", "he", "fa", "yi"])
def test_languages_that_run_from_right_to_left_do_so(reader: Client, blog: Blog, language: str) -> None:
    assert f'<html lang="{language}" dir="rtl">' in front_page(reader, blog, language)


def test_arabic_readers_get_arabic_words(reader: Client, blog: Blog) -> None:
    page = front_page(reader, blog, "ar")
    assert "الخلاصة" in page
    assert "1 مارس، 2026" in page


def test_the_main_site_speaks_english_to_everybody(main: Client) -> None:
    page = main.get("/", headers={"accept-language": "de"}).content.decode()
    assert '<html lang="en">' in page
    assert "A quiet place to write" in page


def test_even_a_broken_page_speaks_the_language_of_the_blog(
    reader: Client, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.raise_request_exception = False
    Blog.objects.update(language="ar", time_zone="Mars/Olympus")
    monkeypatch.setattr("bearblog.web.reading.views.home.site_head", None)
    answer = reader.get("/")
    assert answer.status_code == 500
    assert '<html lang="ar" dir="rtl">' in answer.content.decode()
    assert "حدث خلل" in answer.content.decode()

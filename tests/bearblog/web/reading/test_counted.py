"""What a blog's pages do so that their readers are counted, without the application, from the log."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import URLPattern, get_resolver
from pytest_django import Settings

from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.analytics.models import Count
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post
from bearblog.web.reading.views import feeds
from tests.logs import Log, log_line


@pytest.fixture
def log(tmp_path: Path, settings: Settings) -> Log:
    """A log without a line."""
    settings.RUNTIME_DIR = tmp_path / "runtime"
    return Log(tmp_path)


def counted(log: Log, *lines: bytes) -> list[tuple[str, str]]:
    """The pages and feed readers that are counted for these lines of the log."""
    log.append(*lines)
    LogReader(log.path, log.machine_id).read()
    return list(Count.objects.filter(kind__in=["page", "feed"]).order_by("name").values_list("kind", "name"))


def test_a_look_at_each_page_is_a_request_for_its_image(reader: Client, blog: Blog, log: Log) -> None:
    create_post(blog=blog, title="One", slug="über/one", text="", status="published")
    lines = []
    for path in ("/", "/blog/", quote("/über/one/")):
        page = reader.get(path).content.decode()
        image = f"/hit{path}"
        assert f'<img src="{image}" alt="" width="1" height="1">' in page
        lines.append(log_line(image, status=204))
    assert counted(log, *lines) == [("page", "/"), ("page", "/blog/"), ("page", "/über/one/")]


def test_the_application_has_nothing_to_do_with_the_image(reader: Client, blog: Blog) -> None:
    assert reader.get("/hit/").status_code == 404
    assert reader.get("/hit/one/").status_code == 404


def test_each_address_that_answers_with_a_feed_counts_as_one(reader: Client, blog: Blog, log: Log) -> None:
    patterns = get_resolver(django_settings.BLOG_URLCONF).url_patterns
    paths = [
        f"/{pattern.pattern}"
        for pattern in patterns
        if isinstance(pattern, URLPattern) and pattern.callback is feeds.feed
    ]
    assert len(paths) == 10
    lines = []
    for number, path in enumerate(paths):
        status = reader.get(path).status_code
        lines.append(log_line(path, status=status, user_agent="Miniflux/2.2", address=f"203.0.113.{number}"))
    assert counted(log, *lines) == [("feed", "Miniflux")]
    assert Count.objects.get().number == 10

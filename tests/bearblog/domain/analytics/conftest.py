"""A log, the one who counts from it, and Alice's blog with a post to read."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from tests.logs import Log


@pytest.fixture
def log(tmp_path: Path, settings: Settings) -> Log:
    """A log without a line; the day's salt lies beside it."""
    settings.RUNTIME_DIR = tmp_path / "runtime"
    folder = tmp_path / "log"
    folder.mkdir()
    return Log(folder)


@pytest.fixture
def reader_of(log: Log) -> LogReader:
    """Counts what the log tells."""
    return LogReader(log.path, log.machine_id)


@pytest.fixture
def post(blog: Blog) -> Post:
    """A post at /one/."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    return Post.objects.create(
        blog=blog, title="One", slug="one", status="published", published_at=long_ago, like_count=3
    )

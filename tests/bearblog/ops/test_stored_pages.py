"""What keeps the stored pages few and small, and when."""

import shutil
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from bearblog.domain.blogs import services, stored_pages
from bearblog.domain.blogs.models import Blog
from bearblog.engines.pagecache import stored, trimming
from bearblog.ops.clock import Duty
from bearblog.ops.stored_pages import Trimming, sweep, upkeep_duties

OWN = "alice.bear.localhost"
FILES_A_PAGE = 7


def write(blog: Blog, *numbers: int) -> None:
    for number in numbers:
        place = stored_pages.place_of(blog, OWN, f"/post-{number}/")
        assert stored.write(stored_pages.pages(), place, b"x" * 2000, "text/html")


def files() -> int:
    return trimming.size(stored_pages.pages()).files


@pytest.fixture
def full(blog: Blog, settings: Settings) -> Trimming:
    """Twelve pages, looked at a moment ago, and no room for a thirteenth."""
    stored_pages.heal()
    write(blog, *range(12))
    settings.PAGES_MOST_FILES = 12 * FILES_A_PAGE
    trimming = Trimming()
    trimming.trim()
    assert files() == settings.PAGES_MOST_FILES
    return trimming


def test_at_the_start_the_limits_are_looked_at(full: Trimming, blog: Blog, settings: Settings) -> None:
    write(blog, 12)
    Trimming().trim()
    assert 0 < files() < settings.PAGES_MOST_FILES


def test_while_little_is_written_they_are_looked_at_now_and_then(
    full: Trimming, blog: Blog, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(blog, 12)
    full.trim()
    assert files() == 13 * FILES_A_PAGE
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 601)
    full.trim()
    assert files() < settings.PAGES_MOST_FILES


def test_after_much_was_written_they_are_looked_at_at_once(
    full: Trimming, blog: Blog, settings: Settings
) -> None:
    write(blog, 12, 13)
    full.trim()
    assert files() < settings.PAGES_MOST_FILES


def test_bytes_count_too(full: Trimming, blog: Blog, settings: Settings) -> None:
    settings.PAGES_MOST_FILES = 1_000_000
    settings.PAGES_MOST_BYTES = trimming.size(stored_pages.pages()).bytes
    write(blog, 12, 13)
    full.trim()
    assert trimming.size(stored_pages.pages()).bytes < settings.PAGES_MOST_BYTES


def test_after_the_folder_was_deleted_counting_begins_anew(
    full: Trimming, blog: Blog, settings: Settings, cache_folder: Path
) -> None:
    shutil.rmtree(cache_folder)
    stored_pages.heal()
    full.trim()
    write(blog, *range(14))
    full.trim()
    assert 0 < files() < settings.PAGES_MOST_FILES


def test_versions_that_were_left_are_swept(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    stored_pages.heal()
    write(blog, 1)
    stored_pages.settle(services.change(blog, title="New").pk)
    sweep()
    assert files() == FILES_A_PAGE
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 65)
    sweep()
    # The last good copy stays.
    assert files() == 1


def test_where_nobody_can_be_asked_nothing_is_made_again_or_compared(settings: Settings) -> None:
    def names(duties: list[Duty]) -> set[str]:
        return {duty.name for duty in duties}

    settings.WEB_SOCKET = ""
    without = names(upkeep_duties())
    settings.WEB_SOCKET = "/run/web.sock"
    assert names(upkeep_duties()) - without == {"Making pages again", "Comparing a stored page"}

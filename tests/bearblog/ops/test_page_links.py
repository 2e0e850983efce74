"""What the worker's clock sets right about which pages readers see."""

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bearblog.domain.blogs import stored_pages
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from bearblog.engines.pagecache import links
from bearblog.ops import rounds
from bearblog.ops.page_links import Healing, Schedule
from bearblog.ops.rounds import Rounds

OWN = "alice.bear.localhost"


def linked_version(host: str = OWN) -> int | None:
    found = links.linked(stored_pages.pages()).get(host)
    return found[1] if found else None


def change_and_crash() -> None:
    """What is committed when the process ends before it swings the links."""
    Blog.objects.update(version=F("version") + 1, updated_at=timezone.now())


@pytest.fixture
def healing(blog: Blog) -> Healing:
    """One that has looked at everything a moment ago."""
    healing = Healing()
    healing.heal()
    assert linked_version() == blog.version
    return healing


def test_at_the_start_everything_is_set_right(blog: Blog) -> None:
    Blog.objects.update(updated_at=timezone.now() - timedelta(days=30))
    Healing().heal()
    assert linked_version() == blog.version
    assert stored_pages.is_open()


def test_a_crash_between_commit_and_swing_is_healed_by_the_next_round(healing: Healing, blog: Blog) -> None:
    change_and_crash()
    healing.heal()
    assert linked_version() == blog.version + 1


def test_a_round_looks_only_at_what_changed(healing: Healing, blog: Blog) -> None:
    Blog.objects.update(updated_at=timezone.now() - timedelta(days=1), version=F("version") + 1)
    healing.heal()
    assert linked_version() == blog.version


def test_once_a_minute_a_round_looks_at_everything(
    healing: Healing, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    Blog.objects.update(updated_at=timezone.now() - timedelta(days=1), version=F("version") + 1)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 61)
    healing.heal()
    assert linked_version() == blog.version + 1


LOSSES: dict[str, Callable[[Path], object]] = {
    "everything": shutil.rmtree,
    "current": lambda folder: (folder / "pages/current").unlink(),
    "last": lambda folder: shutil.rmtree(folder / "last"),
    "this release": lambda folder: shutil.rmtree(stored_pages.pages().own),
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES)
def test_what_was_deleted_comes_back_at_once(
    healing: Healing, blog: Blog, cache_folder: Path, lose: Callable[[Path], object]
) -> None:
    Blog.objects.update(updated_at=timezone.now() - timedelta(days=1))
    lose(cache_folder)
    healing.heal()
    assert linked_version() == blog.version
    assert (stored_pages.pages().last / OWN).is_symlink()
    assert stored_pages.is_open()


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES)
def test_what_was_deleted_while_a_round_was_under_way_comes_back_with_the_next(
    healing: Healing,
    blog: Blog,
    cache_folder: Path,
    lose: Callable[[Path], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Blog.objects.update(updated_at=timezone.now() - timedelta(days=1))
    ensure = links.ensure_current
    with monkeypatch.context() as in_between:
        in_between.setattr(links, "ensure_current", lambda pages: (lose(cache_folder), ensure(pages)))
        healing.heal()
    healing.heal()
    assert linked_version() == blog.version
    assert (stored_pages.pages().last / OWN).is_symlink()


def test_what_another_process_has_laid_out_meanwhile_is_seen_to(
    healing: Healing, blog: Blog, cache_folder: Path
) -> None:
    Blog.objects.update(updated_at=timezone.now() - timedelta(days=1))
    shutil.rmtree(cache_folder)
    stored_pages.settle_main()
    links.ensure_current(stored_pages.pages())
    healing.heal()
    assert linked_version() == blog.version


def test_a_blog_that_was_deleted_in_a_crash_is_seen_no_more(healing: Healing) -> None:
    Blog.objects.all().delete()
    healing.heal()
    assert linked_version() is None


def test_a_round_that_failed_is_made_again(
    healing: Healing, blog: Blog, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "_OVERLAP", timedelta(0))
    change_and_crash()
    (cache_folder / "pages").rename(cache_folder / "elsewhere")
    (cache_folder / "pages").touch()
    with pytest.raises(OSError, match="pages"):
        healing.heal()
    (cache_folder / "pages").unlink()
    (cache_folder / "elsewhere").rename(cache_folder / "pages")
    healing.heal()
    assert linked_version() == blog.version + 1


def test_a_post_is_shown_when_its_moment_comes(blog: Blog) -> None:
    schedule = Schedule()
    create_post(blog=blog, title="Later", text="", status="published", published_at="2990-01-01")
    schedule.publish_due()
    assert Blog.objects.get().version == blog.version
    Blog.objects.update(updated_at=timezone.now() - timedelta(hours=1))
    Post.objects.update(published_at=timezone.now())
    schedule.publish_due()
    schedule.publish_due()
    assert Blog.objects.get().version == blog.version + 1


def test_a_post_whose_moment_passed_while_the_worker_was_down_is_shown_at_its_start(blog: Blog) -> None:
    create_post(blog=blog, title="Late", text="", status="published")
    Post.objects.update(published_at=timezone.now() - timedelta(hours=1))
    Blog.objects.update(updated_at=timezone.now() - timedelta(hours=2))
    Schedule().publish_due()
    assert Blog.objects.get().version == blog.version + 1


def test_nothing_is_written_where_nothing_is_due(blog: Blog) -> None:
    with CaptureQueriesContext(connection) as queries:
        Schedule().publish_due()
    assert [query["sql"][:6] for query in queries.captured_queries] == ["SELECT"]


def test_rounds_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    looking = Rounds()
    with looking.round() as since:
        assert since is None
        began = timezone.now()
    with looking.round() as since:
        assert since is not None
        assert timedelta(seconds=5) < began - since < timedelta(seconds=20)
    with looking.round(is_whole=True) as since:
        assert since is None

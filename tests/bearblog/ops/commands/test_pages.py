"""The command that shows, opens and removes stored pages."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from bearblog.domain.analytics.models import LogPlace
from bearblog.domain.blogs import stored_pages
from bearblog.domain.blogs.models import Blog
from bearblog.engines.pagecache import counts, stored
from bearblog.engines.pagecache.layout import Pages

OWN = "alice.bear.localhost"


@pytest.fixture
def blog(blog: Blog) -> Blog:
    """Alice's blog, with two pages that readers see."""
    stored_pages.heal()
    write(blog)
    return blog


def write(blog: Blog) -> None:
    for path in ("/", "/post/"):
        place = stored_pages.place_of(blog, OWN, path)
        assert stored.write(stored_pages.pages(), place, b"x" * 2000, "text/html")


def call(*arguments: str) -> str:
    out = StringIO()
    call_command("pages", *arguments, stdout=out)
    return out.getvalue()


def test_it_shows_what_there_is(blog: Blog) -> None:
    counts.count(stored_pages.pages(), renders=3000)
    rows = dict(line.split("  ", 1) for line in call().splitlines())
    shown = {name: value.strip() for name, value in rows.items()}
    assert shown["key"] == stored_pages.pages().key
    assert shown["readers see"] == "this one"
    assert (shown["sites"], shown["pages"], shown["last copies"]) == ("1", "2", "2")
    assert shown["files"] == "14 of at most 800,000"
    assert shown["size"] == "0.0 MB of at most 3,000.0 MB"
    assert (shown["made"], shown["stored"]) == ("3,000", "2")
    assert call("show") == call()


def test_it_shows_the_same_to_programs(blog: Blog) -> None:
    found = json.loads(call("--json"))
    assert (found["sites"], found["pages"], found["last_copies"], found["is_current"]) == (1, 2, 2, True)
    assert found["current"] == found["key"]
    assert found["reads"] is None


def test_a_release_is_opened_once(blog: Blog, settings: Settings) -> None:
    before, settings.PAGES_KEY = settings.PAGES_KEY, "release-2"
    assert f"readers see  {before}\n" in call()
    assert json.loads(call("--json"))["is_current"] is False
    assert json.loads(call("open")) == {"moved": True}
    assert json.loads(call("open")) == {"moved": False}
    assert (stored_pages.pages().current / "hosts" / OWN).is_symlink()


def test_all_pages_are_removed(blog: Blog) -> None:
    assert call("clear") == "4 pages were removed.\n"
    assert call("clear") == "0 pages were removed.\n"
    write(blog)
    assert json.loads(call("--json"))["pages"] == 2


def test_the_pages_of_hosts_are_removed(blog: Blog) -> None:
    assert call("clear", "bear.localhost") == "0 pages were removed.\n"
    assert call("clear", OWN, "bear.localhost") == "4 pages were removed.\n"


@pytest.mark.parametrize("host", ["nobody.bear.localhost", "..", "", "../../etc"])
def test_a_host_that_is_nobodys_is_refused(blog: Blog, host: str) -> None:
    with pytest.raises(CommandError, match="No site of this box"):
        call("clear", OWN, host)
    assert json.loads(call("--json"))["pages"] == 2


def test_hosts_are_for_clearing_alone(blog: Blog) -> None:
    with pytest.raises(CommandError, match="Only `clear` takes hosts"):
        call("open", OWN)


def test_the_metrics_are_as_prometheus_reads_them(blog: Blog) -> None:
    counts.count(stored_pages.pages(), renders=3)
    lines = call("metrics").splitlines()
    assert "# TYPE bearblog_pages_renders_total counter" in lines
    assert "bearblog_pages_renders_total 3" in lines
    assert "bearblog_pages 2" in lines
    assert "bearblog_pages_current 1" in lines
    assert not [line for line in lines if "reads" in line]
    assert len([line for line in lines if not line.startswith("#")]) * 3 == len(lines)


def test_where_the_log_is_read_reads_are_counted(blog: Blog, settings: Settings) -> None:
    settings.ACCESS_LOG = "/var/log/caddy/access.log"
    LogPlace.objects.create(machine="m", inode=1, head="h", pages=1234)
    assert json.loads(call("--json"))["reads"] == 1234
    assert "read         1,234" in call()
    assert "bearblog_pages_reads_total 1234" in call("metrics")


def test_a_folder_that_cannot_be_written_is_said(db: None, cache_folder: Path) -> None:
    (cache_folder / "pages").touch()
    with pytest.raises(CommandError, match="cannot be read or written"):
        call("open")


def test_without_a_folder_there_is_nothing_to_show(db: None, cache_folder: Path) -> None:
    cache_folder.rmdir()
    assert json.loads(call("--json"))["current"] is None
    assert not Pages(cache_folder, "any").root.exists()

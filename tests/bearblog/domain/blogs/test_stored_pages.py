"""What readers see of a blog's finished pages when it changes, and when something goes wrong meanwhile."""

import shutil
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bearblog.domain.blogs import services, stored_pages
from bearblog.domain.blogs.models import Blog
from bearblog.engines.pagecache import links, places, stored

pytestmark = pytest.mark.usefixtures("committed_db")

OWN, RENAMED, DOMAIN = "alice.bear.localhost", "renamed.bear.localhost", "example.org"
BODY = b"<p>as it was</p>"


class Killed(BaseException):
    """The end of the process, as far as the code in it can tell."""


def with_domain(blog: Blog) -> Blog:
    return services.set_custom_domain(blog=blog, domain=DOMAIN)


def read(blog: Blog, *hosts: str) -> None:
    """Readers come by at each of the hosts, and what is made for them is stored."""
    for host in hosts:
        place = stored_pages.place_of(Blog.objects.get(pk=blog.pk), host, "/")
        assert stored.write(stored_pages.pages(), place, BODY, "text/html")
        assert is_seen(host)
        assert is_kept(host)


def is_seen(host: str) -> bool:
    """Whether Caddy finds a page."""
    return _is_there(stored_pages.pages().current / "hosts" / host)


def is_kept(host: str) -> bool:
    """Whether Caddy finds a last good copy."""
    return _is_there(stored_pages.pages().last / host)


def _is_there(folder: Path) -> bool:
    return any(file.is_file() for file in places.files_at(folder, "/"))


def leads(host: str) -> bool:
    return (stored_pages.pages().hosts / host).is_symlink() or (stored_pages.pages().last / host).is_symlink()


def withdraw(blog: Blog) -> None:
    with transaction.atomic():
        services.withdraw(blog)


# What takes something away, and the hosts that the blog has left then.
TAKEN: dict[str, tuple[Callable[[Blog], object], set[str]]] = {
    "withdrawn": (withdraw, set()),
    "renamed": (lambda blog: services.rename_blog(blog=blog, subdomain="renamed"), {OWN}),
    "another domain": (lambda blog: services.set_custom_domain(blog=blog, domain="example.net"), {DOMAIN}),
    "no domain": (lambda blog: services.set_custom_domain(blog=blog, domain=None), {DOMAIN}),
    "domain answers": (lambda blog: services.set_domain_answers(blog=blog, answers=True), set()),
    "deleted": (lambda blog: services.delete_blog(blog=blog), {OWN, DOMAIN}),
}
each_taking = pytest.mark.parametrize(("take", "left"), TAKEN.values(), ids=TAKEN)


def test_an_edit_keeps_the_last_good_copy(blog: Blog) -> None:
    read(blog, OWN)
    services.change(blog, title="New")
    assert not is_seen(OWN)
    assert is_kept(OWN)
    read(blog, OWN)


def test_a_domain_is_served_from_the_moment_it_is_given(blog: Blog) -> None:
    read(with_domain(blog), OWN, DOMAIN, f"www.{DOMAIN}")


@each_taking
def test_what_is_taken_away_is_seen_nowhere_at_once(
    blog: Blog, take: Callable[[Blog], object], left: set[str]
) -> None:
    read(with_domain(blog), OWN, DOMAIN)
    take(blog)
    assert not any(is_seen(host) or is_kept(host) for host in (OWN, DOMAIN))
    assert not any(leads(host) for host in left)


@each_taking
def test_a_crash_between_commit_and_swing_is_healed(
    blog: Blog, take: Callable[[Blog], object], left: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*arguments: object, **named: object) -> None:
        raise Killed

    read(with_domain(blog), OWN, DOMAIN)
    began = timezone.now()
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(links, "swing", die)
        take(blog)
    assert not any(is_kept(host) for host in (OWN, DOMAIN))
    # A blog that is gone has no moment of its last change.
    is_gone = not Blog.objects.exists()
    assert stored_pages.heal(None if is_gone else began) == (0 if is_gone else 1)
    assert not any(is_seen(host) or is_kept(host) for host in (OWN, DOMAIN))
    assert not any(leads(host) for host in left)
    assert stored_pages.heal() == 0


def test_the_last_good_copy_is_gone_before_the_change_is_committed(blog: Blog) -> None:
    read(blog, OWN)
    with transaction.atomic():
        services.withdraw(blog)
        assert not is_kept(OWN)


def test_a_change_that_is_taken_back_leaves_the_pages_as_they_were(blog: Blog) -> None:
    read(blog, OWN)
    with transaction.atomic():
        services.withdraw(blog)
        transaction.set_rollback(True)
    assert is_seen(OWN)
    stored_pages.heal()
    assert is_kept(OWN)


def test_blogs_that_did_not_change_are_not_looked_at(blog: Blog) -> None:
    (stored_pages.pages().hosts / OWN).unlink()
    assert stored_pages.heal(timezone.now() + timedelta(minutes=1)) == 0
    assert stored_pages.heal(blog.updated_at) == 1


def test_a_domain_that_passes_to_another_blog_takes_no_page_along(blog: Blog) -> None:
    other = services.create_blog(owner=blog.owner, title="Other", subdomain="other")
    read(with_domain(blog), DOMAIN)
    with transaction.atomic():
        services.set_custom_domain(blog=blog, domain=None)
        services.set_custom_domain(blog=other, domain=DOMAIN)
    assert not is_seen(DOMAIN)
    assert not is_kept(DOMAIN)
    read(other, DOMAIN)


def test_the_folder_may_be_deleted_at_any_moment(blog: Blog, cache_folder: Path) -> None:
    is_over = threading.Event()

    def delete() -> None:
        while not is_over.wait(0.002):
            shutil.rmtree(cache_folder / "pages", ignore_errors=True)
            shutil.rmtree(cache_folder, ignore_errors=True)

    thread = threading.Thread(target=delete)
    thread.start()
    try:
        for number in range(50):
            services.change(blog, title=f"Title {number}")
            place = stored_pages.place_of(blog, OWN, "/")
            stored.write(stored_pages.pages(), place, BODY, "text/html")
    finally:
        is_over.set()
        thread.join()
    stored_pages.heal()
    read(blog, OWN)


def test_the_next_change_brings_a_deleted_folder_back(blog: Blog, cache_folder: Path) -> None:
    shutil.rmtree(cache_folder)
    services.change(blog, title="New")
    read(blog, OWN)


@pytest.mark.parametrize("name", ["locks", "last"])
def test_where_links_cannot_be_swung_nothing_old_is_seen(
    blog: Blog, cache_folder: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    read(blog, OWN)
    shutil.rmtree(cache_folder / name)
    (cache_folder / name).touch()
    services.change(blog, title="New")
    assert not is_seen(OWN)
    assert not is_kept(OWN)
    assert "could not be set right" in caplog.text
    withdraw(blog)
    (cache_folder / name).unlink()
    stored_pages.heal()
    read(blog, OWN)


def test_the_main_site_has_new_pages_each_minute_and_at_once_when_told(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_main() -> None:
        place = stored_pages.main_place("/")
        assert stored.write(stored_pages.pages(), place, BODY, "text/html")
        assert is_seen(settings.MAIN_HOST)

    stored_pages.heal()
    for minute in (100, 101):
        monkeypatch.setattr(time, "time", lambda minute=minute: minute * 60.0)
        stored_pages.settle_main()
        assert not is_seen(settings.MAIN_HOST)
        read_main()
    services.forget_main_pages()
    assert not is_seen(settings.MAIN_HOST)
    assert not is_kept(settings.MAIN_HOST)
    read_main()


def test_a_change_stands_though_nothing_beside_the_database_can_be_written(
    blog: Blog, cache_folder: Path, hosts_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for folder in (cache_folder, hosts_folder):
        shutil.rmtree(folder)
        folder.touch()
    services.rename_blog(blog=blog, subdomain="renamed")
    assert Blog.objects.get().subdomain == "renamed"
    assert caplog.text.count("in on_commit()") == 2

"""Creating, changing and deleting blogs."""

from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import services
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog


def test_a_writer_creates_a_blog(bob: User) -> None:
    blog = services.create_blog(owner=bob, title="  Bob's\nwords ", subdomain=" Bob-2 ", home_text="Hi\r\n")
    blog.refresh_from_db()
    assert (blog.title, blog.subdomain, blog.home_text) == ("Bob's words", "bob-2", "Hi\n")
    assert "/blog/" in blog.nav_text
    assert str(blog) == "Bob's words"


def test_a_form_sent_twice_makes_one_blog(bob: User) -> None:
    first = services.create_blog(owner=bob, title="Words", subdomain="bob")
    assert services.create_blog(owner=bob, title="Words", subdomain="Bob") == first
    with pytest.raises(BlogError, match="is taken"):
        services.create_blog(owner=bob, title="Other words", subdomain="bob")


def test_the_main_host_is_nobodys_blog(bob: User, settings: Settings) -> None:
    settings.BLOGS_DOMAIN = "example.org"
    settings.MAIN_HOST = "bear.example.org"
    with pytest.raises(BlogError, match="is taken"):
        services.create_blog(owner=bob, title="Words", subdomain="bear")


def test_a_stranger_cannot_have_blogs(charlie: User) -> None:
    with pytest.raises(BlogError, match="cannot have blogs"):
        services.create_blog(owner=charlie, title="T", subdomain="charlie")


def test_there_is_a_most_of_blogs_for_one_person(bob: User, settings: Settings) -> None:
    settings.BLOGS_PER_USER = 1
    services.create_blog(owner=bob, title="T", subdomain="bob")
    with pytest.raises(BlogError, match="as many as one person"):
        services.create_blog(owner=bob, title="T", subdomain="bob2")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Give the blog a name"),
        ("   ", "Give the blog a name"),
        ("ALICE", "is taken"),
        ("www", "kept back"),
        ("Admin", "kept back"),
        ("xn--bcher-kva", "kept back"),
        ("a.b", "made of letters"),
        ("a_b", "made of letters"),
        ("_", "made of letters"),
        ("-a", "made of letters"),
        ("блог", "made of letters"),
        ("..", "made of letters"),
        ("a" * 64, "at most 63"),
    ],
)
def test_a_name_that_is_empty_taken_or_kept_back_is_refused(
    bob: User, blog: Blog, name: str, words: str
) -> None:
    with pytest.raises(BlogError, match=words) as refusal:
        services.create_blog(owner=bob, title="T", subdomain=name)
    assert refusal.value.field == "subdomain"
    assert Blog.objects.count() == 1


def test_a_blog_is_renamed(blog: Blog) -> None:
    services.rename_blog(blog=blog, subdomain="Renamed")
    blog.refresh_from_db()
    assert blog.subdomain == "renamed"


def test_a_former_name_stays_the_blogs_own(blog: Blog, bob: User) -> None:
    services.rename_blog(blog=blog, subdomain="renamed")
    with pytest.raises(BlogError, match="is taken"):
        services.create_blog(owner=bob, title="T", subdomain="alice")
    services.rename_blog(blog=blog, subdomain="alice")
    assert [former.subdomain for former in blog.former_names.all()] == ["renamed"]


def test_there_is_a_most_of_former_names(blog: Blog) -> None:
    for number in range(services.MAX_FORMER_NAMES):
        services.rename_blog(blog=blog, subdomain=f"name{number}")
    with pytest.raises(BlogError, match="has had 10 names"):
        services.rename_blog(blog=blog, subdomain="one-more")
    services.rename_blog(blog=Blog.objects.get(pk=blog.pk), subdomain="alice")
    assert blog.former_names.count() == services.MAX_FORMER_NAMES


def test_a_deleted_blog_lets_go_of_its_former_names(blog: Blog, bob: User) -> None:
    services.rename_blog(blog=blog, subdomain="renamed")
    services.delete_blog(blog=blog)
    assert services.create_blog(owner=bob, title="T", subdomain="alice").subdomain == "alice"


def test_a_change_writes_over_nothing_that_others_changed_meanwhile(blog: Blog) -> None:
    mine, theirs = Blog.objects.get(pk=blog.pk), Blog.objects.get(pk=blog.pk)
    services.change(theirs, nav_text="Theirs", is_hidden=True)
    services.change(mine, home_text="Mine")
    blog.refresh_from_db()
    assert (blog.home_text, blog.nav_text, blog.is_hidden) == ("Mine", "Theirs", True)


def test_another_domain_has_not_answered_yet(blog: Blog) -> None:
    services.set_custom_domain(blog=blog, domain="example.org")
    services.set_domain_answers(blog=blog, answers=True)
    services.set_custom_domain(blog=blog, domain="example.org")
    assert blog.domain_answers
    services.set_custom_domain(blog=blog, domain="example.net")
    assert not blog.domain_answers


def test_a_blog_may_keep_its_own_name(blog: Blog) -> None:
    assert services.rename_blog(blog=blog, subdomain="alice").subdomain == "alice"


def test_a_blog_cannot_take_the_name_of_another(blog: Blog, bob: User) -> None:
    other = services.create_blog(owner=bob, title="T", subdomain="bob")
    with pytest.raises(BlogError, match="taken"):
        services.rename_blog(blog=other, subdomain="alice")
    assert other.subdomain == "bob"


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("Notes.Example.org", "notes.example.org"),
        ("https://notes.example.org/", "notes.example.org"),
        ("notes.example.org.", "notes.example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("", None),
        (None, None),
    ],
)
def test_a_domain_is_stored_as_a_host_name(blog: Blog, typed: str | None, domain: str | None) -> None:
    services.set_custom_domain(blog=blog, domain=typed)
    blog.refresh_from_db()
    assert blog.custom_domain == domain


@pytest.mark.parametrize(
    "domain",
    [
        "localhost",
        "a..b",
        "192.0.2.1",
        "bear.localhost",
        "www.bear.localhost",
        "x.bear.localhost",
        "a b.org",
        "example.org:8443",
        "https://example.org/about",
        "[::1]",
        "ü..de",
        f"{'a' * 250}.org",
    ],
)
def test_a_domain_that_cannot_be_the_blogs_is_refused(blog: Blog, domain: str) -> None:
    with pytest.raises(BlogError) as refusal:
        services.set_custom_domain(blog=blog, domain=domain)
    assert refusal.value.field == "custom_domain"
    assert blog.custom_domain is None


def test_a_domain_belongs_to_one_blog_with_and_without_www(blog: Blog, bob: User) -> None:
    services.set_custom_domain(blog=blog, domain="www.example.org")
    other = services.create_blog(owner=bob, title="T", subdomain="bob")
    for domain in ("example.org", "www.example.org"):
        with pytest.raises(BlogError, match="Another blog"):
            services.set_custom_domain(blog=other, domain=domain)
    services.set_custom_domain(blog=blog, domain="example.org")


def test_a_deleted_blog_is_gone(blog: Blog) -> None:
    services.delete_blog(blog=blog)
    assert not Blog.objects.exists()


@pytest.mark.usefixtures("committed_db")
def test_a_touch_outside_a_transaction_is_a_mistake(blog: Blog) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        services.touch(blog)


def test_hosts_are_granted_and_revoked_when_the_change_is_committed(
    bob: User, hosts_folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def names() -> set[str]:
        return {file.name for file in hosts_folder.iterdir()}

    with django_capture_on_commit_callbacks(execute=True):
        blog = services.create_blog(owner=bob, title="T", subdomain="bob")
        assert names() == set()
    assert names() == {"bob.bear.localhost"}
    with django_capture_on_commit_callbacks(execute=True):
        services.rename_blog(blog=blog, subdomain="robert")
        services.set_custom_domain(blog=blog, domain="example.org")
    own = {"bob.bear.localhost", "robert.bear.localhost"}
    assert names() == own | {"example.org", "www.example.org"}
    with django_capture_on_commit_callbacks(execute=True):
        services.set_custom_domain(blog=blog, domain=None)
    assert names() == own
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_blog(blog=blog)
    assert names() == set()

"""Finding blogs."""

import pytest

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import selectors
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import set_custom_domain


@pytest.mark.parametrize("host", ["alice.bear.localhost", "example.org", "www.example.org"])
def test_a_blog_answers_at_its_hosts(blog: Blog, host: str) -> None:
    set_custom_domain(blog=blog, domain="example.org")
    assert selectors.find_blog_by_host(host) == blog
    assert selectors.is_host_in_use(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "..",
        "bear.localhost",
        "www.bear.localhost",
        "x.alice.bear.localhost",
        "www.alice.bear.localhost",
        "alice.example.org",
        "www.www.example.org",
        "[::1]",
        "a" * 300,
    ],
)
def test_no_blog_answers_elsewhere(blog: Blog, host: str) -> None:
    set_custom_domain(blog=blog, domain="example.org")
    assert selectors.find_blog_by_host(host) is None


def test_a_blog_goes_dark_with_its_owner_and_keeps_its_host(blog: Blog, alice: User) -> None:
    alice.is_active = False
    alice.save()
    assert selectors.find_blog_by_host("alice.bear.localhost") is None
    assert selectors.is_host_in_use("alice.bear.localhost")


def test_people_find_their_own_blogs_only(blog: Blog, alice: User, bob: User) -> None:
    assert selectors.find_blog_of(alice, "alice") == blog
    assert selectors.find_blog_of(bob, "alice") is None
    assert list(selectors.blogs_of(alice)) == [blog]

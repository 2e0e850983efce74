"""From which of its hosts a blog sends readers on, and where to."""

import pytest

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.redirects import destination
from bearblog.domain.blogs.services import rename_blog, set_custom_domain, set_domain_answers

NEW, OLD = "new.bear.localhost", "alice.bear.localhost"


@pytest.fixture
def moved(blog: Blog) -> Blog:
    return rename_blog(blog=blog, subdomain="new")


def test_a_blog_stays_at_its_own_name(moved: Blog) -> None:
    assert destination(moved, NEW, "/") is None


def test_a_former_name_leads_to_the_new_one(moved: Blog) -> None:
    assert destination(moved, OLD, "/post/") == NEW


def test_nobody_is_sent_to_a_domain_that_has_not_answered(moved: Blog) -> None:
    set_custom_domain(blog=moved, domain="example.org")
    assert destination(moved, NEW, "/") is None
    assert destination(moved, OLD, "/") == NEW
    for host in ("example.org", "www.example.org"):
        assert destination(moved, host, "/") is None


@pytest.mark.parametrize(
    ("chosen", "other"), [("example.org", "www.example.org"), ("www.example.org", "example.org")]
)
def test_all_hosts_lead_to_the_domain_that_answers(moved: Blog, chosen: str, other: str) -> None:
    set_custom_domain(blog=moved, domain=chosen)
    set_domain_answers(blog=moved, answers=True)
    for host in (NEW, OLD, other):
        assert destination(moved, host, "/") == chosen
    assert destination(moved, chosen, "/") is None
    set_domain_answers(blog=moved, answers=False)
    assert destination(moved, NEW, "/") is None


@pytest.mark.parametrize(
    "path", ["/preview/", "/draft/x/", "/media/a.webp", "/style/a.css", "/.well-known/bearblog"]
)
def test_what_the_studio_and_pages_are_made_of_is_served_anywhere(moved: Blog, path: str) -> None:
    assert destination(moved, OLD, path) is None

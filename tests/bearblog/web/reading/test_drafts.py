"""A draft, for those who have its link."""

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.addresses import share_path
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post, revoke_share, share_draft


@pytest.fixture
def post(blog: Blog) -> Post:
    return create_post(blog=blog, title="Not *yet*", text="**Hi**", tags=["rain"])


def test_whoever_has_the_link_reads_the_draft(reader: Client, post: Post) -> None:
    link = share_draft(post=post, by=None)
    response = reader.get(share_path(link))
    assert response.status_code == 200
    page = response.content.decode()
    assert "<h1>Not <em>yet</em></h1>" in page
    assert "<strong>Hi</strong>" in page
    assert "This is a draft" in page
    for live in ("upvote", "/hit/", "canonical", "/report/"):
        assert live not in page


def test_a_draft_is_listed_kept_and_passed_on_by_nobody(reader: Client, post: Post) -> None:
    response = reader.get(share_path(share_draft(post=post, by=None)))
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert policy[0] == "sandbox"
    assert "frame-ancestors https://bear.localhost:8443" in policy
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies


def test_a_link_that_was_taken_back_leads_nowhere(reader: Client, post: Post) -> None:
    link = share_draft(post=post, by=None)
    revoke_share(link=link)
    assert reader.get(share_path(link)).status_code == 404
    assert reader.get("/draft/x/").status_code == 404


def test_a_draft_is_only_looked_at(reader: Client, post: Post) -> None:
    assert reader.post(share_path(share_draft(post=post, by=None))).status_code == 405

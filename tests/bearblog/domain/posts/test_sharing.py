"""Links by which somebody without an account reads a draft."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts import selectors, services
from bearblog.domain.posts.addresses import share_url
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import ShareLink


@pytest.mark.parametrize(("status", "date"), [("draft", ""), ("published", "2990-01-01"), ("published", "")])
def test_whoever_has_the_link_reads_the_post(blog: Blog, status: str, date: str) -> None:
    post = services.create_post(blog=blog, title="T", text="", status=status, published_at=date)
    link = services.share_draft(post=post, by=blog.owner)
    assert selectors.find_shared_draft(blog, link.token) == post
    assert selectors.share_links_of(post) == [link]
    assert share_url(link).endswith(f"/draft/{link.token}/")


def test_tokens_are_long_and_never_the_same(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="T", text="")
    tokens = {services.share_draft(post=post, by=None).token for _ in range(10)}
    assert len(tokens) == 10
    assert {len(token) for token in tokens} == {43}


def test_a_link_that_is_old_or_taken_back_opens_nothing(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="T", text="")
    old, revoked = (services.share_draft(post=post, by=None, days=1) for _ in range(2))
    ShareLink.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    services.revoke_share(link=revoked)
    for token in (old.token, revoked.token, "", "x" * 43):
        assert selectors.find_shared_draft(blog, token) is None
    assert selectors.share_links_of(post) == []


def test_a_link_opens_no_other_blog(blog: Blog, bob: User) -> None:
    link = services.share_draft(post=services.create_post(blog=blog, title="T", text=""), by=None)
    other = create_blog(owner=bob, title="T", subdomain="bob")
    assert selectors.find_shared_draft(other, link.token) is None


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_link_holds_from_a_day_to_a_year(blog: Blog, days: int) -> None:
    with pytest.raises(PostError):
        services.share_draft(post=services.create_post(blog=blog, title="T", text=""), by=None, days=days)

"""Likes: one a reader a post, and no address kept."""

import math
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.stored_pages import pages
from bearblog.domain.conversation import services
from bearblog.domain.conversation.errors import ConversationError
from bearblog.domain.conversation.models import Like
from bearblog.domain.conversation.services import like
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.scoring import score
from bearblog.engines.pagecache import again

READER = "203.0.113.9"


@pytest.fixture(autouse=True)
def _full_budget() -> None:
    cache.clear()


@pytest.fixture
def post(blog: Blog) -> Post:
    now = timezone.now()
    return Post.objects.create(
        blog=blog, title="One", slug="one", status="published", published_at=now, first_published_at=now
    )


def test_a_like_is_counted_once(post: Post) -> None:
    assert like(post=post, address=READER)
    assert not like(post=post, address=READER)
    assert like(post=post, address="203.0.113.10")
    post.refresh_from_db()
    assert post.like_count == Like.objects.count() == 2
    assert post.score == pytest.approx(score(2, post.published_at))


def test_one_household_with_many_addresses_is_one_reader(post: Post) -> None:
    assert like(post=post, address="2001:db8::1")
    assert not like(post=post, address="2001:db8::2")


def test_no_address_is_kept_and_posts_share_nothing(post: Post, blog: Blog) -> None:
    second = Post.objects.create(
        blog=blog, title="Two", slug="two", status="published", published_at=timezone.now()
    )
    like(post=post, address=READER)
    like(post=second, address=READER)
    digests = list(Like.objects.values_list("digest", flat=True))
    assert len(set(digests)) == 2
    assert not any(READER in digest for digest in digests)


def test_a_like_leaves_the_blog_as_it_was(post: Post, blog: Blog) -> None:
    like(post=post, address=READER)
    before = blog.version
    blog.refresh_from_db()
    assert blog.version == before


def test_a_like_has_the_posts_page_made_again_and_no_other(
    post: Post, blog: Blog, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        like(post=post, address=READER)
        assert again.asked(pages()) == []
    (asked,) = again.asked(pages())
    assert (asked.site, asked.path) == (str(blog.pk), "/one/")
    again.take(pages(), asked)
    with django_capture_on_commit_callbacks(execute=True):
        like(post=post, address=READER)
    assert again.asked(pages()) == []


@pytest.mark.parametrize("trouble", ["draft", "later", "likes off"])
def test_what_takes_no_likes_refuses_them(post: Post, trouble: str) -> None:
    if trouble == "draft":
        post.status = Post.Status.DRAFT
    elif trouble == "later":
        post.published_at = timezone.now() + timedelta(hours=1)
    else:
        post.blog.has_likes = False
    with pytest.raises(ConversationError):
        like(post=post, address=READER)
    assert not Like.objects.exists()


def test_many_likes_in_a_short_time_are_refused(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LIKES_AN_HOUR", 0)
    with pytest.raises(ConversationError, match="Try again"):
        like(post=post, address=READER)


def test_the_score_grows_with_likes_up_to_thirty_and_with_youth() -> None:
    moment = timezone.now()
    assert score(0, moment) == score(1, moment)
    assert score(10, moment) == pytest.approx(score(1, moment) + 1)
    assert score(30, moment) == score(5000, moment) == pytest.approx(score(1, moment) + math.log10(30))
    assert score(1, moment + timedelta(days=14)) == pytest.approx(score(10, moment))
    assert score(5, None) == 0

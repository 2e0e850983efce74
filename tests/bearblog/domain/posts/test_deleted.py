"""Posts that were deleted and come back."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Revision
from bearblog.domain.posts import services
from bearblog.domain.posts.deleted import deleted_posts, purge_deleted
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.header import write
from bearblog.domain.posts.models import Post

HEADER = "title: One\nlink: one\npublished_date: 2026-01-02\nalias: old\ntags: a, b"


def test_a_deleted_post_is_listed_and_comes_back_as_a_draft(blog: Blog, bob: User) -> None:
    post = services.save_post(blog=blog, author=bob, header=HEADER, text="words", publish=True)
    services.delete_post(post=post, by=blog.owner)
    assert not Post.objects.exists()
    (deleted,) = deleted_posts(blog)
    assert (deleted.title, deleted.author, deleted.deleted_by) == ("One", bob, blog.owner)
    back = services.restore_deleted(blog=blog, key=deleted.key, author=blog.owner)
    assert (back.text, back.status, back.author, back.creation_key) == ("words", "draft", bob, deleted.key)
    assert write(back) == HEADER.replace("alias: old\n", "").replace("tags", "alias: old\ntags")
    assert not deleted_posts(blog)


def test_what_is_taken_by_now_does_not_keep_the_words_away(blog: Blog) -> None:
    post = services.save_post(blog=blog, author=blog.owner, header=HEADER, text="words")
    services.delete_post(post=post)
    services.create_post(blog=blog, title="One", text="", alias="old")
    back = services.restore_deleted(blog=blog, key=post.creation_key, author=blog.owner)
    assert (back.slug, back.text) == ("one-2", "words")


def test_there_is_nothing_to_bring_back_of_a_post_that_is_there_or_never_was(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="T", text="")
    for key in (post.creation_key, uuid.uuid4()):
        with pytest.raises(PostError, match="no deleted post"):
            services.restore_deleted(blog=blog, key=key, author=blog.owner)


def test_after_thirty_days_a_deleted_post_is_gone_for_good_and_a_kept_one_is_not(blog: Blog) -> None:
    kept = services.create_post(blog=blog, title="Kept", text="")
    gone, recent = (services.create_post(blog=blog, title=name, text="") for name in ("Gone", "Recent"))
    services.delete_post(post=gone)
    Revision.objects.update(saved_at=timezone.now() - timedelta(days=31))
    services.delete_post(post=recent)
    assert purge_deleted() == 2
    assert [post.title for post in deleted_posts(blog)] == ["Recent"]
    assert Revision.objects.filter(subject=f"post:{kept.creation_key}").exists()

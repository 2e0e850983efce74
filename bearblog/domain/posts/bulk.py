"""One change to many posts of a blog, all of them or none. Each raises the version of the blog once."""

from collections.abc import Callable, Collection

from django.db import transaction

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import touch, withdraw
from bearblog.domain.posts import storing
from bearblog.domain.posts.checks import check_tags
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post

MOST_POSTS = 500


@transaction.atomic
def publish_posts(*, blog: Blog, pks: Collection[int], by: User | None) -> int:
    """How many of these posts were drafts and are published now, each at its date or now."""

    def publish(post: Post) -> None:
        storing.store_state(post, status=Post.Status.PUBLISHED, published_at=post.published_at, by=by)

    return _each(blog, pks, publish, lambda post: not post.is_published, touch)


@transaction.atomic
def unpublish_posts(*, blog: Blog, pks: Collection[int], by: User | None) -> int:
    """How many of these posts were published and are drafts now."""

    def unpublish(post: Post) -> None:
        storing.store_state(post, status=Post.Status.DRAFT, published_at=post.published_at, by=by)

    return _each(blog, pks, unpublish, lambda post: post.is_published, withdraw)


@transaction.atomic
def delete_posts(*, blog: Blog, pks: Collection[int], by: User | None) -> int:
    """How many of these posts were there and are deleted now; each can be brought back for a while."""
    return _each(blog, pks, lambda post: storing.remove(post, by), lambda post: True, withdraw)


@transaction.atomic
def add_tag(*, blog: Blog, pks: Collection[int], name: str, by: User | None) -> int:
    """How many of these posts have the tag from now on and had not. Raises PostError."""
    tag = _tag(name)

    def add(post: Post) -> None:
        storing.store_tags(post, check_tags([*_names(post), tag]), by)

    return _each(blog, pks, add, lambda post: tag not in _names(post), touch)


@transaction.atomic
def remove_tag(*, blog: Blog, pks: Collection[int], name: str, by: User | None) -> int:
    """How many of these posts had the tag and have it no longer. Raises PostError."""
    tag = _tag(name)

    def remove(post: Post) -> None:
        storing.store_tags(post, tuple(other for other in _names(post) if other != tag), by)

    return _each(blog, pks, remove, lambda post: tag in _names(post), touch)


def _each(
    blog: Blog,
    pks: Collection[int],
    change: Callable[[Post], None],
    is_meant: Callable[[Post], bool],
    raise_version: Callable[[Blog], None],
) -> int:
    if len(pks) > MOST_POSTS:
        raise PostError(f"At most {MOST_POSTS} posts can be changed at once.")
    posts = blog.posts.filter(pk__in=pks).select_related("blog", "author").prefetch_related("tags")
    meant = [post for post in posts.order_by("pk") if is_meant(post)]
    for post in meant:
        change(post)
    if meant:
        raise_version(blog)
    return len(meant)


def _names(post: Post) -> list[str]:
    return [tag.name for tag in post.tags.all()]


def _tag(typed: str) -> str:
    names = check_tags([typed])
    if len(names) != 1:
        raise PostError("Give one tag.", "tag")
    return names[0]

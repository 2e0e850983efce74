"""Changes to posts. Each raises the version of the blog, in the same transaction."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import touch
from bearblog.domain.posts import selectors
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post
from bearblog.lib import dates, plain_text, slugs

MAX_TITLE = 200
MAX_TEXT = 2_000_000


@transaction.atomic
def create_post(
    *,
    blog: Blog,
    title: str,
    text: str,
    slug: str = "",
    status: str = Post.Status.DRAFT,
    published_at: str | datetime = "",
    creation_key: uuid.UUID | None = None,
) -> Post:
    """The new post; for a creation key that was used before, that post with these contents. Raises PostError.

    A date may be given as the author typed it; without one a published post is dated now.
    """
    post = selectors.find_post_by_creation_key(blog, creation_key) if creation_key else None
    if post is None:
        post = Post(blog=blog, creation_key=creation_key or uuid.uuid4())
    return _write(post, title=title, text=text, slug=slug, status=status, published_at=published_at)


@transaction.atomic
def update_post(
    *,
    post: Post,
    title: str,
    text: str,
    slug: str = "",
    status: str,
    published_at: str | datetime = "",
) -> Post:
    """The post with these contents. Raises PostError.

    An empty slug is made from the title. Without a date a published post keeps the one it has, or is
    dated now, and a draft has none.
    """
    return _write(post, title=title, text=text, slug=slug, status=status, published_at=published_at)


@transaction.atomic
def publish_post(*, post: Post) -> Post:
    """The post, published at its date, or now where it has none."""
    post.status = Post.Status.PUBLISHED
    post.published_at = post.published_at or timezone.now()
    return _store(post)


@transaction.atomic
def unpublish_post(*, post: Post) -> Post:
    """The post as a draft again; it keeps its date."""
    post.status = Post.Status.DRAFT
    return _store(post)


@transaction.atomic
def delete_post(*, post: Post) -> None:
    """Removes the post."""
    touch(post.blog)
    post.delete()


def _write(
    post: Post, *, title: str, text: str, slug: str, status: str, published_at: str | datetime
) -> Post:
    title, text, status = _title(title), _text(text), _status(status)
    date = _date(published_at)
    if date is None and status == Post.Status.PUBLISHED:
        date = post.published_at or timezone.now()
    wanted = slugs.make_slug(slug) or slugs.make_slug(title) or f"{date or post.created_at:%Y-%m-%d}"
    post.slug = selectors.free_slug(post.blog, wanted, except_for=post)
    post.title, post.text, post.status, post.published_at = title, text, status, date
    return _store(post)


def _store(post: Post) -> Post:
    post.updated_at = timezone.now()
    post.save()
    touch(post.blog)
    return post


def _title(typed: str) -> str:
    title = plain_text.one_line(typed)
    if not title:
        raise PostError("Give the post a title.", "title")
    if len(title) > MAX_TITLE:
        raise PostError(f"The title has {len(title)} characters; it can have at most {MAX_TITLE}.", "title")
    return title


def _text(typed: str) -> str:
    text = plain_text.tidy(typed)
    if len(text) > MAX_TEXT:
        raise PostError(
            f"The text has {len(text):,} characters; a post can have at most {MAX_TEXT:,}. "
            "Split it into several posts.",
            "text",
        )
    return text


def _status(value: str) -> str:
    if value not in Post.Status.values:
        raise PostError("A post is either a draft or published.", "status")
    return value


def _date(given: str | datetime) -> datetime | None:
    if isinstance(given, datetime):
        return given
    if not given.strip():
        return None
    try:
        return dates.parse(given)
    except ValueError as error:
        raise PostError(
            f"The date “{given.strip()}” cannot be read. Write it like {dates.EXAMPLES}.", "published_at"
        ) from error

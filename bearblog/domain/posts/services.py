"""Changes to posts. Each raises the version of the blog, in the same transaction."""

import secrets
import uuid
from datetime import datetime, timedelta
from typing import Unpack

from django.db import transaction
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import touch, withdraw
from bearblog.domain.blogs.writing import move_autosaves
from bearblog.domain.posts import checks, selectors, storing
from bearblog.domain.posts.addresses import revision_subject, unsaved_subject
from bearblog.domain.posts.checks import MAX_TEXT as MAX_TEXT
from bearblog.domain.posts.checks import MAX_TITLE as MAX_TITLE
from bearblog.domain.posts.deleted import revisions_of_deleted
from bearblog.domain.posts.details import Details, header_of
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.header import read, without_lines
from bearblog.domain.posts.models import Post, ShareLink

SHARE_DAYS = 7
MAX_SHARE_DAYS = 365
_TOUCHED_AT_ONCE = 100


@transaction.atomic
def save_post(
    *,
    blog: Blog,
    author: User,
    header: str,
    text: str,
    publish: bool | None = None,
    post: Post | None = None,
    is_page: bool = False,
    creation_key: uuid.UUID | None = None,
) -> Post:
    """The post as it was typed: a new one, this one, or the one that the same form has made already.

    Publishes it, makes it a draft, or (None) leaves it what it is. An empty date is now for a published post
    and none for a draft. What the author typed elsewhere for a new post is unsaved text of this one
    from now on. Raises PostError.
    """
    if post is None and creation_key:
        post = selectors.find_post_by_creation_key(blog, creation_key)
    typed = read(header, post=post, blog=blog, is_page=is_page)
    checked = checks.check_text(text)
    if post is None:
        post = Post(blog=blog, author=author, creation_key=creation_key or uuid.uuid4())
    status = post.status if publish is None else _status(publish)
    storing.store(post, typed, text=checked, status=status, by=author)
    unsaved = unsaved_subject(post.creation_key)
    move_autosaves(blog=blog, user=author, subject=unsaved, to=revision_subject(post))
    return post


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
    author: User | None = None,
    **details: Unpack[Details],
) -> Post:
    """The new post; for a creation key that was used before, that post with these contents. Raises PostError.

    A date may be given as the author typed it; without one a published post is dated now.
    """
    post = selectors.find_post_by_creation_key(blog, creation_key) if creation_key else None
    if post is None:
        post = Post(blog=blog, author=author, creation_key=creation_key or uuid.uuid4())
    header = header_of(
        post, title=title, slug=slug, status=status, published_at=published_at, details=details
    )
    return storing.store(post, header, text=checks.check_text(text), status=status, by=author)


@transaction.atomic
def update_post(
    *,
    post: Post,
    title: str,
    text: str,
    slug: str = "",
    status: str,
    published_at: str | datetime = "",
    by: User | None = None,
    **details: Unpack[Details],
) -> Post:
    """The post with these contents. Raises PostError.

    An empty slug is made from the title. Without a date a published post keeps the one it has, or is
    dated now, and a draft has none.
    """
    header = header_of(
        post, title=title, slug=slug, status=status, published_at=published_at, details=details
    )
    return storing.store(post, header, text=checks.check_text(text), status=status, by=by)


@transaction.atomic
def delete_post(*, post: Post, by: User | None = None) -> None:
    """Removes the post. What it said stays for a while, and `restore_deleted` brings it back."""
    withdraw(post.blog)
    storing.remove(post, by)


@transaction.atomic
def restore_deleted(*, blog: Blog, key: uuid.UUID, author: User) -> Post:
    """The deleted post with this key, as a draft. Raises PostError where there is none."""
    revisions = revisions_of_deleted(blog, key)
    if not revisions:
        raise PostError("There is no deleted post to bring back; perhaps it is back already.")
    last, first = revisions[0], revisions[-1]
    header = last.header
    try:
        read(header, post=None, blog=blog)
    except PostError as error:
        # An old address that leads elsewhere by now must not keep the words away.
        header = without_lines(header, error.problems)
    post = save_post(blog=blog, author=author, header=header, text=last.text, publish=False, creation_key=key)
    post.author = first.saved_by or author
    post.save(update_fields=["author"])
    return post


@transaction.atomic
def share_draft(*, post: Post, by: User | None, days: int = SHARE_DAYS) -> ShareLink:
    """A link by which whoever has it reads the post for so many days, draft or not. Raises PostError."""
    if not 1 <= days <= MAX_SHARE_DAYS:
        raise PostError(f"A link can hold from 1 to {MAX_SHARE_DAYS} days.", "days")
    return ShareLink.objects.create(
        post=post,
        token=secrets.token_urlsafe(32),
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )


@transaction.atomic
def revoke_share(*, link: ShareLink) -> None:
    """Takes the link back; whoever opens it from now on finds nothing."""
    link.delete()


def publish_due(since: datetime | None = None) -> int:
    """How many blogs show posts from now on whose moment has come: since then, or since they changed last."""
    blogs = list(selectors.blogs_with_due_posts(since).only("pk"))
    # Many posts wait for the same midnight: not a commit for each, and not so many that a save must wait.
    for start in range(0, len(blogs), _TOUCHED_AT_ONCE):
        with transaction.atomic():
            for blog in blogs[start : start + _TOUCHED_AT_ONCE]:
                touch(blog)
    return len(blogs)


def _status(publish: bool) -> str:
    return Post.Status.PUBLISHED if publish else Post.Status.DRAFT

"""Questions about posts."""

import itertools
import uuid

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.addresses import RESERVED_SLUGS
from bearblog.domain.posts.models import Post, PostQuerySet
from bearblog.lib import slugs


def posts_of(blog: Blog) -> PostQuerySet:
    """All posts of the blog without their texts, newest first, drafts without a date before them."""
    return blog.posts.all().without_text().newest_first()


def published_posts(blog: Blog) -> PostQuerySet:
    """What readers can see on the blog now, newest first."""
    return blog.posts.all().published().newest_first()


def find_post(blog: Blog, pk: int) -> Post | None:
    """The blog's post with this number, draft or not, or None."""
    return blog.posts.filter(pk=pk).select_related("blog").first()


def find_published_post(blog: Blog, slug: str) -> Post | None:
    """The post that readers see at this slug in any spelling of it, or None."""
    return blog.posts.all().published().filter(slug=slugs.normal(slug)).first()


def find_post_by_creation_key(blog: Blog, key: uuid.UUID) -> Post | None:
    """The post that a form with this key has made already, or None."""
    return blog.posts.filter(creation_key=key).first()


def free_slug(blog: Blog, wanted: str, *, except_for: Post | None = None) -> str:
    """The wanted slug, or the first of wanted-2, wanted-3 ... that no other post of the blog has."""
    others = blog.posts.exclude(pk=except_for.pk) if except_for and except_for.pk else blog.posts.all()
    taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED_SLUGS
    numbered = (f"{wanted}-{number}" for number in itertools.count(2))
    return next(slug for slug in itertools.chain([wanted], numbered) if slug not in taken)

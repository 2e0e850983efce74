"""Changes to how a blog behaves. Each stores its own fields and no others."""

from collections.abc import Callable

from django.db import transaction

from bearblog.domain.blogs import dates, head, paths
from bearblog.domain.blogs.checks import check_language, check_text
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import change

MAX_ROBOTS = 5_000


@transaction.atomic
def save_settings(
    *, blog: Blog, language: str, time_zone: str, has_likes: bool, has_share_links: bool
) -> Blog:
    """The blog with these settings. Raises BlogError."""
    return change(
        blog,
        language=check_language(language),
        time_zone=dates.check_time_zone(time_zone),
        has_likes=has_likes,
        has_share_links=has_share_links,
    )


@transaction.atomic
def save_advanced(
    *,
    blog: Blog,
    collects_analytics: bool,
    date_format: str,
    blog_path: str,
    feed_alias: str,
    meta_tag: str,
    robots_text: str,
    is_slug_taken: Callable[[str], bool],
) -> Blog:
    """The blog with these settings; `is_slug_taken` says where a post or page stands. Raises BlogError."""
    path, alias = paths.check_blog_path(blog_path), paths.check_feed_alias(feed_alias)
    # Only a new choice can take a place from a post; an old one was there before it.
    if path not in (blog.blog_path, "blog") and is_slug_taken(path):
        raise BlogError(f"One of your posts or pages stands at /{path}/ already.", "blog_path")
    if alias and alias != blog.feed_alias and is_slug_taken(alias):
        raise BlogError(f"One of your posts or pages stands at /{alias}/ already.", "feed_alias")
    if alias and alias in (path, "blog"):
        raise BlogError(f"The list of posts stands at /{alias}/ already.", "feed_alias")
    return change(
        blog,
        collects_analytics=collects_analytics,
        date_format=dates.check_date_format(date_format),
        blog_path=path,
        feed_alias=alias,
        meta_tag=head.check_meta_tag(meta_tag),
        robots_text=check_text(robots_text, "robots_text", MAX_ROBOTS).strip(),
    )


@transaction.atomic
def save_head(*, blog: Blog, head_html: str) -> Blog:
    """The blog with these lines in the head of its pages. Raises BlogError that names what cannot stand."""
    return change(blog, head_html=head.check_head(head_html, is_trusted=blog.is_trusted))

"""What a program says of a post, checked as what a person types is."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from bearblog.domain.posts import checks
from bearblog.domain.posts.header import PostHeader
from bearblog.domain.posts.models import Post
from bearblog.lib import slugs


class Details(TypedDict, total=False):
    """What else may be said of a post; what is left out stays, or is empty on a new post."""

    is_page: bool
    tags: Sequence[str]
    alias: str
    canonical_url: str
    meta_description: str
    meta_image: str
    language: str
    class_name: str
    is_discoverable: bool


def header_of(
    post: Post, *, title: str, slug: str, status: str, published_at: str | datetime, details: Details
) -> PostHeader:
    """The header that says this of the post. Raises PostError."""
    title, date = checks.check_title(title), checks.check_date(published_at, post.blog)
    if checks.check_status(status) == Post.Status.PUBLISHED:
        date = date or post.published_at
    tags = [tag.name for tag in post.tags.all()] if post.pk else []
    typed_alias = post.aliases.filter(is_typed=True).first() if post.pk else None
    alias = details.get("alias", typed_alias.slug if typed_alias else "")
    return PostHeader(
        title=title,
        slug=slugs.make_path(slug),
        published_at=date,
        alias=checks.check_free_alias(alias, post, post.blog),
        is_page=details.get("is_page", post.is_page),
        tags=checks.check_tags(details.get("tags", tags)),
        canonical_url=checks.check_canonical_url(details.get("canonical_url", post.canonical_url)),
        meta_description=checks.check_description(details.get("meta_description", post.meta_description)),
        meta_image=checks.check_image(details.get("meta_image", post.meta_image)),
        language=checks.check_language(details.get("language", post.language)),
        class_name=slugs.make_name(details.get("class_name", post.class_name)),
        is_discoverable=details.get("is_discoverable", post.is_discoverable),
    )

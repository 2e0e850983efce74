"""Where a post stands on its blog."""

import uuid

from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.blogs.writing import NEW_PREFIX
from bearblog.domain.posts.models import Post, ShareLink
from bearblog.lib import slugs

SUBJECT_PREFIX = "post:"

# First words of paths that lead elsewhere on every blog's host. What has a dot in it can be no slug.
_RESERVED_WORDS = """
    atom confirm draft feed healthz hit like media preview readyz report rss static style subscribe
    unsubscribe
"""
RESERVED_WORDS = frozenset(_RESERVED_WORDS.split())


def is_reserved(slug: str) -> bool:
    """Whether paths that begin like this one lead elsewhere on every blog."""
    return slug.partition("/")[0] in RESERVED_WORDS


def unreserved(slug: str) -> str:
    """The slug, its first word numbered where that word is reserved."""
    if not is_reserved(slug):
        return slug
    first, slash, rest = slug.partition("/")
    return slugs.shorten(f"{first}-2{slash}{rest}")


def post_path(post: Post) -> str:
    """The path of the post on its blog's host."""
    return f"/{post.slug}/"


def post_url(post: Post) -> str:
    """The absolute address of the post that readers should see."""
    return blog_url(post.blog, post_path(post))


def revision_subject(post: Post) -> str:
    """The subject under which what the post said is kept."""
    return subject_of_key(post.creation_key)


def subject_of_key(key: uuid.UUID) -> str:
    """The subject of the post that had this creation key."""
    return f"{SUBJECT_PREFIX}{key}"


def unsaved_subject(key: uuid.UUID) -> str:
    """The subject of what is typed in a form with this creation key, before there is a post."""
    return f"{NEW_PREFIX}{key}"


def share_path(link: ShareLink) -> str:
    """The path at which whoever has the link reads the draft."""
    return f"/draft/{link.token}/"


def share_url(link: ShareLink) -> str:
    """The absolute address at which whoever has the link reads the draft."""
    return blog_url(link.post.blog, share_path(link))

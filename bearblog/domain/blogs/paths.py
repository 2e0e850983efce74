"""Paths of a blog's own that an author chooses: where the list of posts stands, and one more feed."""

import re

from bearblog.domain.blogs.errors import BlogError
from bearblog.lib import plain_text

# First parts of paths that lead elsewhere on a blog's host.
_RESERVED_WORDS = """
    account api archive atom comment comments confirm draft favicon favicon.ico feed feed.json feeds feed.xml
    healthz hit index.xml like likes media page preview readyz report robots.txt rss rss.xml search sitemap
    sitemap.xml static style subscribe tag tags unsubscribe well-known .well-known
"""
RESERVED = frozenset(_RESERVED_WORDS.split())
MAX_BLOG_PATH = 190
MAX_FEED_ALIAS = 100

_PART = re.compile(r"[\w-](?:[\w.-]*[\w-])?")


def check_blog_path(typed: str) -> str:
    """The path of the list of posts without slashes around it; never empty. Raises BlogError."""
    path = _path(typed, "blog_path", MAX_BLOG_PATH)
    if not path:
        raise BlogError("Give the list of posts a path, such as blog.", "blog_path")
    if "." in path:
        raise BlogError(
            "The path of the list of posts has letters, digits and hyphens, and no dot.", "blog_path"
        )
    return path


def check_feed_alias(typed: str) -> str:
    """The further path of the feed without slashes around it; empty for none. Raises BlogError."""
    return _path(typed, "feed_alias", MAX_FEED_ALIAS)


def _path(typed: str, field: str, most: int) -> str:
    path = plain_text.one_line(typed).strip("/").lower()
    if not path:
        return ""
    parts = path.split("/")
    if not all(_PART.fullmatch(part) for part in parts):
        raise BlogError(
            f"“{path}” is no path: it has letters, digits, hyphens and underscores, and / between its parts.",
            field,
        )
    if len(path.encode()) > most:
        raise BlogError(f"A path can have at most {most} letters from a to z, fewer of other scripts.", field)
    if parts[0] in RESERVED:
        raise BlogError(f"/{path}/ leads to another page of every blog already. Choose another path.", field)
    return path

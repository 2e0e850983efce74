"""Which paths of a blog are counted, and how each is written."""

import json
from collections.abc import Collection
from urllib.parse import unquote

from django.db.models.expressions import RawSQL

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.lib import slugs

HOME = "/"

# All feeds of a blog are one: their readers choose the format, not the words.
_FEEDS = frozenset(
    ["feed", "atom", "rss", "feed/atom", "feed/rss"]
    + ["feed.xml", "atom.xml", "rss.xml", "index.xml", "feed.json"]
)
# Count.name holds no more.
_MOST = 255
_ASKED = """
    SELECT post.id FROM json_each(%s) AS asked JOIN posts_post AS post
    ON post.blog_id = asked.value ->> 0 AND post.slug = asked.value ->> 1
"""

Place = tuple[Blog, str]


def canonical_paths(asked: Collection[Place]) -> dict[Place, str]:
    """Each of the paths as it is counted; those that lead to no home, list, post or page are left out."""
    bare = {place: bare for place in asked if (bare := _bare(place[1])) is not None}
    wanted = {place: (place[0].pk, slugs.normal(slug)) for place, slug in bare.items()}
    published = _published(set(wanted.values()))
    found = {}
    for place, slug in bare.items():
        if not slug:
            found[place] = HOME
        elif slug == place[0].blog_path.strip("/"):
            found[place] = list_path(place[0])
        elif wanted[place] in published:
            found[place] = f"/{wanted[place][1]}/"
    return found


def is_feed(blog: Blog, path: str) -> bool:
    """Whether one of the blog's feeds stands at this path."""
    bare = path.strip("/")
    if bare in _FEEDS:
        return True
    return bool(blog.feed_alias) and unquote(bare) == blog.feed_alias.strip("/")


def list_path(blog: Blog) -> str:
    """Where the list of posts stands."""
    return f"/{blog.blog_path.strip('/')}/"


def slug_in(path: str) -> str:
    """The slug of the post or page at this path, if one stands there."""
    return path.strip("/")


def _bare(path: str) -> str | None:
    whole = unquote(path)
    return whole.strip("/") if whole.startswith("/") and len(whole) <= _MOST else None


def _published(asked: Collection[tuple[int, str]]) -> set[tuple[int, str]]:
    if not asked:
        return set()
    posts = Post.objects.published().filter(pk__in=RawSQL(_ASKED, [json.dumps(list(asked))]))  # noqa: S611 - a constant
    return set(posts.values_list("blog_id", "slug"))

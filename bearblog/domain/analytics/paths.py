"""Which paths of a blog are counted, and how each is written."""

from urllib.parse import unquote

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.lib import slugs

HOME = "/"
# All feeds of a blog are one: their readers choose the format, not the words.
FEED = "/feed/"

_FEEDS = frozenset(["feed", "atom", "rss", "feed.json", "json", "feed/atom", "feed/rss", "feed/json"])
# Count.name holds no more.
_MOST = 255


def canonical_path(blog: Blog, path: str) -> str | None:
    """The path as it is counted; None for one that leads to no home, list, post, page or feed of the blog."""
    bare = unquote(path.partition("?")[0].partition("#")[0])
    if not bare.startswith("/") or len(bare) > _MOST:
        return None
    bare = bare.strip("/")
    if not bare:
        return HOME
    if bare == blog.blog_path.strip("/"):
        return list_path(blog)
    slug = slugs.normal(bare)
    if Post.objects.published().filter(blog=blog, slug=slug).exists():
        return f"/{slug}/"
    return FEED if bare in _FEEDS or bare == blog.feed_alias.strip("/") else None


def list_path(blog: Blog) -> str:
    """Where the list of posts stands."""
    return f"/{blog.blog_path.strip('/')}/"


def slug_in(path: str) -> str:
    """The slug of the post or page at this path, if one stands there."""
    return path.strip("/")

"""Where a post stands on its blog."""

from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.posts.models import Post

# First parts of paths that lead elsewhere on a blog's host.
_RESERVED_WORDS = """
    account api atom blog comment comments confirm feed feeds healthz like likes media page preview readyz
    rss search sitemap static subscribe tag tags unsubscribe well-known
"""
RESERVED_SLUGS = frozenset(_RESERVED_WORDS.split())


def post_path(post: Post) -> str:
    """The path of the post on its blog's host."""
    return f"/{post.slug}/"


def post_url(post: Post) -> str:
    """The absolute address of the post that readers should see."""
    return blog_url(post.blog, post_path(post))

"""A feed as its three forms show it: which posts, under which address, and when it last changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urljoin

from django.http import Http404

from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import display, selectors
from bearblog.domain.posts.display import FeedEntry
from bearblog.web.reading import filters, texts
from bearblog.web.reading.head import icon_address

PAGE_SIZE = 20
_MOST_PAGES = 10_000
_PATHS = {"atom": "/feed/", "rss": "/rss/", "json": "/feed.json"}


@dataclass(frozen=True)
class Feed:
    """A page of the blog's posts for programs; `url` is its own address, filter and page included."""

    title: str
    author: str
    description: str
    language: str
    icon: str
    home_url: str
    url: str
    previous_url: str
    next_url: str
    updated_at: datetime
    entries: Sequence[FeedEntry]


def feed_of(blog: Blog, form: str, *, q: str, page: str) -> Feed:
    """The feed in one of its forms. Raises Http404 for a page there is not."""
    chosen, number = filters.read(q), _number(page)
    posts = selectors.with_tags(selectors.published_posts(blog), chosen.wanted, chosen.unwanted)
    start = number * PAGE_SIZE
    found = list(posts.window(start, start + PAGE_SIZE + 1).prefetch_related("tags"))
    if number and not found:
        raise Http404
    shown, has_more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    for post in shown:
        post.blog = blog
    return Feed(
        title=f"{blog.title} – {chosen.typed}" if chosen else blog.title,
        author=blog.title,
        description=display.blog_description(blog),
        language=blog.language,
        icon=_icon(blog),
        home_url=blog_url(blog),
        url=_url(blog, form, chosen.typed, number),
        previous_url=_url(blog, form, chosen.typed, number - 1) if number else "",
        next_url=_url(blog, form, chosen.typed, number + 1) if has_more else "",
        # The moment of the last change, so that a feed nobody changed reads the same.
        updated_at=max((post.updated_at for post in shown), default=blog.created_at),
        entries=texts.feed_entries(blog, shown),
    )


def _number(page: str) -> int:
    if not page:
        return 0
    if not page.isascii() or not page.isdigit() or len(page) > 9 or int(page) > _MOST_PAGES:
        raise Http404
    return int(page)


def _url(blog: Blog, form: str, q: str, number: int) -> str:
    parts = {"q": q} if q else {}
    if number:
        parts["page"] = str(number)
    return blog_url(blog, _PATHS[form]) + (f"?{urlencode(parts)}" if parts else "")


def _icon(blog: Blog) -> str:
    return urljoin(blog_url(blog), icon_address(blog) or "/favicon.svg")

"""Small pieces of HTML about posts, each safe as it is."""

import re
from datetime import datetime
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bearblog.domain.blogs.dates import format_date
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.addresses import post_path
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering import inline
from bearblog.engines.rendering.pictures import PictureFinder

_PLACE = re.compile(r' (id="|href="#|aria-labelledby="|aria-describedby=")')


def time_html(blog: Blog, moment: datetime, language: str = "") -> SafeString:
    """The date as readers see it, with the moment for programs."""
    stamp = moment.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', stamp, format_date(blog, moment, language))


def title_html(post: Post) -> SafeString:
    """The title with its little Markdown."""
    return mark_safe(inline.title_html(post.title))  # noqa: S308 - the engine escapes all else


def link_html(post: Post) -> SafeString:
    """The title as a link to the post."""
    return format_html('<a href="{}">{}</a>', quote(post_path(post)), title_html(post))


def step_html(post: Post | None, class_name: str, label: str) -> SafeString:
    """A link to the post next to one, or nothing."""
    if post is None:
        return mark_safe("")
    title = inline.plain_title(post.title)
    return format_html(
        '<a class="{}" href="{}" title="{}">{}</a>', class_name, quote(post_path(post)), title, label
    )


def tags_html(blog: Blog, names: list[str]) -> SafeString:
    """The tags, each a link to the posts that have it."""
    links = ((f"/{quote(blog.blog_path)}/?q={quote(name, safe='')}", name) for name in names)
    return format_html('<span class="tags">{}</span>', format_html_join(" ", '<a href="{}">#{}</a>', links))


def picture_html(address: str, find_picture: PictureFinder) -> SafeString:
    """A picture without words of its own, or nothing where the address is none that a page may load."""
    if not address.startswith(("https://", "/")):
        return mark_safe("")
    picture = find_picture(address)
    if picture is None:
        return format_html('<img src="{}" alt="" loading="lazy">', address)
    sources = ", ".join(f"{source} {width}w" for source, width in picture.sources)
    return format_html(
        '<img src="{}" srcset="{}" sizes="(max-width: 800px) 100vw, 800px" width="{}" height="{}" alt="" '
        'loading="lazy">',
        address,
        sources,
        picture.width,
        picture.height,
    )


def with_own_places(html: str, post: Post) -> str:
    """The rendered text of a post, fit to stand on a page with others: its anchors are its own."""
    return _PLACE.sub(rf" \g<1>p{post.pk}-", html)

"""What a page says about itself in its head: to browsers, search engines and sites that link to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import display
from bearblog.domain.posts.addresses import post_url
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering.inline import plain_title
from bearblog.web.reading.language import speaking

Schema = Mapping[str, object]
Words = str | Promise

# What json_script escapes, so that no text ends the element.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Head:
    """A page's title and its addresses; without a canonical address the page is not for search engines."""

    title: str
    sharing_title: str = ""
    canonical_url: str = ""
    description: str = ""
    image: str = ""
    is_article: bool = False
    published_at: datetime | None = None
    previous_url: str = ""
    next_url: str = ""
    schema: Schema | None = None

    @property
    def structured_data(self) -> SafeString:
        """The schema as JSON that may stand inside a script element; empty where there is none."""
        if self.schema is None:
            return SafeString("")
        text = json.dumps(self.schema, ensure_ascii=False, separators=(",", ":"))
        return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - the three signs that matter are escaped


def site_head(blog: Blog) -> Head:
    """The head of a blog's front page."""
    description, url = display.blog_description(blog), blog_url(blog)
    schema = {"@type": "WebSite", "name": blog.title, "url": url, "inLanguage": blog.language}
    return Head(
        title=blog.title,
        sharing_title=blog.title,
        canonical_url=url,
        description=description,
        image=_image(blog, blog.meta_image),
        schema=_schema(schema, description=description),
    )


def list_head(blog: Blog, title: Words, path: str, *, query: str = "") -> Head:
    """The head of a page that leads to posts, at this path as browsers write it."""
    url, words = blog_url(blog, "") + path + query, _spoken(blog, title)
    schema = {"@type": "CollectionPage", "name": words, "url": url, "inLanguage": blog.language}
    return Head(
        title=f"{words} – {blog.title}",
        sharing_title=words,
        canonical_url=url,
        description=blog.meta_description,
        image=_image(blog, blog.meta_image),
        schema=_schema(schema),
    )


def post_head(post: Post) -> Head:
    """The head of a post or a page."""
    blog, url, title = post.blog, post_url(post), plain_title(post.title)
    head = Head(
        title=f"{title} – {blog.title}",
        sharing_title=title,
        canonical_url=post.canonical_url or url,
        description=display.description(post),
        image=_image(blog, post.meta_image or blog.meta_image),
    )
    schema: Schema = {"@type": "WebPage", "name": title}
    if not post.is_page and post.published_at is not None:
        head = replace(head, is_article=True, published_at=post.published_at)
        author = {"@type": "Person", "name": blog.title, "url": blog_url(blog)}
        schema = {
            "@type": "BlogPosting",
            "headline": title,
            "datePublished": post.published_at.isoformat(),
            "dateModified": post.updated_at.isoformat(timespec="seconds"),
            "author": author,
        }
    place = {"url": url, "inLanguage": post.language or blog.language}
    return replace(head, schema=_schema({**schema, **place}, description=head.description, image=head.image))


def unlisted_head(blog: Blog, title: Words) -> Head:
    """The head of a page that is for readers and not for search engines."""
    return Head(title=f"{_spoken(blog, title)} – {blog.title}")


def icon_address(blog: Blog) -> str:
    """Where the picture stands that the author chose for browsers' tabs; empty for an emoji or none."""
    return blog.favicon if blog.favicon.startswith(("https://", "/")) else ""


def _spoken(blog: Blog, words: Words) -> str:
    with speaking(blog):
        return str(words)


def _image(blog: Blog, address: str) -> str:
    if not address:
        return ""
    try:
        return urljoin(blog_url(blog), address)
    except ValueError:
        return ""


def _schema(schema: Schema, **texts: str) -> Schema:
    return {
        "@context": "https://schema.org",
        **schema,
        **{name: text for name, text in texts.items() if text},
    }

"""Lists of posts: all of them, those with a tag, and the tags themselves."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import selectors
from bearblog.domain.posts.models import PostQuerySet
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading import filters
from bearblog.web.reading.head import Head, Words, list_head, unlisted_head
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.paging import Paging, page_of
from bearblog.web.reading.templatetags.reading import tag_path

DEFAULT_PATH = "blog"


def all_posts(request: BlogRequest) -> HttpResponse:
    blog = request.blog
    chosen = filters.read(request.GET.get("q", ""))
    posts = selectors.with_tags(selectors.published_posts(blog), chosen.wanted, chosen.unwanted)
    path = list_path(blog)
    names = [tag.name for tag in selectors.tag_counts(blog, posts if chosen else None)]
    return listing(
        request,
        posts,
        list_title(blog),
        path,
        q=chosen.typed,
        active_tags=filters.active_links(path, chosen),
        more_tags=filters.further_links(path, chosen, names),
        is_counted=True,
    )


def tags(request: BlogRequest) -> HttpResponse:
    found = selectors.tag_counts(request.blog)
    if not found:
        raise Http404
    head = list_head(request.blog, gettext_lazy("Tags"), "/tags/")
    return blog_page(request, "reading/tags.html", head, tags=found)


def tagged(request: BlogRequest, name: str) -> HttpResponse:
    posts = selectors.with_tags(selectors.published_posts(request.blog), [name])
    return listing(request, posts, f"#{name}", tag_path(name), needs_posts=True)


def listing(
    request: BlogRequest,
    posts: PostQuerySet,
    heading: Words,
    path: str,
    *,
    needs_posts: bool = False,
    q: str = "",
    **context: Any,
) -> HttpResponse:
    """A page of the posts under the heading. Raises Http404 for a page there is not."""
    shown, paging = page_of(posts, request.GET, path, q=q)
    if needs_posts and not shown:
        raise Http404
    head = _head(request.blog, heading, path, q, paging)
    return blog_page(
        request, "reading/posts.html", head, heading=heading, posts=shown, paging=paging, **context
    )


def list_path(blog: Blog) -> str:
    """The path of the list of all posts."""
    return quote(f"/{blog.blog_path}/")


def list_title(blog: Blog) -> Words:
    """The title of the list of all posts: its path, in words."""
    if blog.blog_path == DEFAULT_PATH:
        return gettext_lazy("Blog")
    words = blog.blog_path.replace("-", " ").replace("/", " ")
    return words[:1].upper() + words[1:]


def _head(blog: Blog, title: Words, path: str, q: str, paging: Paging) -> Head:
    if q:
        # All that a filter shows stands in the list as well.
        return unlisted_head(blog, q)
    head = list_head(blog, title, path, query=paging.query)
    return replace(head, previous_url=paging.previous, next_url=paging.next)

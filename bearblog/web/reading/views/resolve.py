"""Paths that the author chose: a feed, a post or page, an old address; else one of the blog's lists."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.addresses import post_path
from bearblog.domain.posts.selectors import find_alias, find_published
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.policy import reader_page
from bearblog.web.reading.views import archive, feeds, post, posts, search


@reader_page
def page(request: BlogRequest, slug: str) -> HttpResponse:
    blog = request.blog
    if _is_feed(blog, slug):
        return feeds.answer(request)
    found = find_published(blog, slug)
    if found is not None:
        found.blog = blog
        if found.slug != slug:
            return _moved(request, post_path(found))
        return post.show(request, found)
    return _old_address(request, slug) or _fallback(request, slug)


@reader_page
def file(request: BlogRequest, name: str) -> HttpResponse:
    if _is_feed(request.blog, name):
        return feeds.answer(request)
    response = _old_address(request, name)
    if response is None:
        raise Http404
    return response


def _fallback(request: BlogRequest, slug: str) -> HttpResponse:
    """The list at this path. Raises Http404."""
    first, _, rest = slug.partition("/")
    if slug in (request.blog.blog_path, posts.DEFAULT_PATH):
        return posts.all_posts(request)
    if slug == "search":
        return search.search(request)
    if slug == "archive":
        return archive.years(request)
    if slug == "tags":
        return posts.tags(request)
    if first == "tags":
        return posts.tagged(request, rest)
    if first == "archive" and rest.isascii() and rest.isdigit() and len(rest) == 4:
        return archive.year(request, int(rest))
    raise Http404


def _is_feed(blog: Blog, path: str) -> bool:
    return bool(blog.feed_alias) and path == blog.feed_alias.strip("/")


def _old_address(request: BlogRequest, path: str) -> HttpResponse | None:
    alias = find_alias(request.blog, path)
    return _moved(request, post_path(alias.post)) if alias else None


def _moved(request: BlogRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(iri_to_uri(f"{path}?{query}" if query else path))

"""The newest posts for feed readers, as Atom and as RSS."""

from django.http import HttpResponse
from django.shortcuts import render

from bearblog.domain.blogs import display as blog_display
from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.posts import display, selectors
from bearblog.engines.rendering.summary import summarise
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.policy import reader_page

NEWEST = 20


@reader_page
def atom(request: BlogRequest) -> HttpResponse:
    return _feed(request, "reading/atom.xml", "/feed/", "application/atom+xml; charset=utf-8")


@reader_page
def rss(request: BlogRequest) -> HttpResponse:
    return _feed(request, "reading/rss.xml", "/rss/", "application/rss+xml; charset=utf-8")


def _feed(request: BlogRequest, template: str, path: str, content_type: str) -> HttpResponse:
    blog = request.blog
    posts = list(selectors.published_posts(blog)[:NEWEST])
    return render(
        request,
        template,
        {
            "blog": blog,
            "description": summarise(blog_display.home_html(blog)),
            "home_url": blog_url(blog),
            "feed_url": blog_url(blog, path),
            # The moment of the last change, so that a feed nobody changed reads the same.
            "updated_at": max((post.updated_at for post in posts), default=blog.created_at),
            "entries": display.feed_entries(posts),
        },
        content_type=content_type,
    )

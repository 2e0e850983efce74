"""A blog's front page."""

from typing import Any

from django.http import HttpResponse

from bearblog.domain.posts.selectors import published_posts
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading import texts
from bearblog.web.reading.head import site_head
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.paging import PAGE_SIZE
from bearblog.web.reading.policy import reader_page


@reader_page
def home(request: BlogRequest) -> HttpResponse:
    return front_page(request)


def front_page(request: BlogRequest, **context: Any) -> HttpResponse:
    blog = request.blog
    body_html = texts.home_html(blog)
    head = site_head(blog)
    if blog.home_text.strip():
        return blog_page(request, "reading/home.html", head, body_html=body_html, is_counted=True, **context)
    latest = published_posts(blog).without_text().prefetch_related("tags")[: PAGE_SIZE + 1]
    return blog_page(
        request,
        "reading/home.html",
        head,
        posts=latest[:PAGE_SIZE],
        has_more=len(latest) > PAGE_SIZE,
        is_counted=True,
        **context,
    )

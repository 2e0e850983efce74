"""The posts by year."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from bearblog.domain.posts import selectors
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.head import list_head
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.views.posts import listing


def years(request: BlogRequest) -> HttpResponse:
    head = list_head(request.blog, gettext_lazy("Archive"), "/archive/")
    return blog_page(request, "reading/archive.html", head, years=selectors.years(request.blog))


def year(request: BlogRequest, number: int) -> HttpResponse:
    posts = selectors.posts_of_year(request.blog, number)
    return listing(request, posts, str(number), f"/archive/{number}/", needs_posts=True)

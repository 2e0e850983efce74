"""The blog's sign in a browser's tab: an emoji, a picture of the author's, or the platform's own."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from bearblog.domain.blogs.models import Blog
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.head import icon_address
from bearblog.web.reading.policy import reader_page


@reader_page
def drawn(request: BlogRequest) -> HttpResponse:
    emoji = request.blog.favicon
    if not emoji or icon_address(request.blog):
        return redirect(_address(request.blog))
    return render(request, "reading/favicon.svg", {"emoji": emoji}, content_type="image/svg+xml")


@reader_page
def icon(request: BlogRequest) -> HttpResponse:
    return redirect(_address(request.blog))


def _address(blog: Blog) -> str:
    drawn_or_own = "/favicon.svg" if blog.favicon else static("base/favicon.svg")
    return icon_address(blog) or drawn_or_own

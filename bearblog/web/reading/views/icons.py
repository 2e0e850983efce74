"""The blog's sign in a browser's tab: an emoji, a picture of the author's, or the platform's own."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bearblog.web.base.requests import BlogRequest
from bearblog.web.base.sign import SIGN_SVG
from bearblog.web.reading.head import icon_address
from bearblog.web.reading.policy import reader_page

_SVG = "image/svg+xml"


@reader_page
def drawn(request: BlogRequest) -> HttpResponse:
    if picture := icon_address(request.blog):
        return redirect(picture)
    if emoji := request.blog.favicon:
        return render(request, "reading/favicon.svg", {"emoji": emoji}, content_type=_SVG)
    return HttpResponse(SIGN_SVG, content_type=_SVG)


@reader_page
def icon(request: BlogRequest) -> HttpResponse:
    return redirect(icon_address(request.blog) or "/favicon.svg")

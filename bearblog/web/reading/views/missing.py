"""The pages for what cannot be shown, in the blog's look."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.policy import READER_POLICY


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _notice(request, 404, "Nothing here", "There is no page at this address. It may have moved.")


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _notice(request, 400, "That did not arrive whole", "The request could not be read. Try once more.")


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _notice(request, 403, "Not allowed", "This page cannot be shown to you.")


def broken(request: HttpRequest) -> HttpResponse:
    response = render(request, "reading/broken.html", status=500)
    response.headers["Content-Security-Policy"] = READER_POLICY
    return response


def _notice(request: HttpRequest, status: int, heading: str, sentence: str) -> HttpResponse:
    response = blog_page(
        cast(BlogRequest, request), "reading/notice.html", status=status, heading=heading, sentence=sentence
    )
    response.headers["Content-Security-Policy"] = READER_POLICY
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response

"""The pages for what cannot be shown, in the blog's look."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from bearblog.lib import request_id
from bearblog.lib.languages import is_right_to_left
from bearblog.web.base.public import CACHE_CONTROL
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.head import Words, unlisted_head
from bearblog.web.reading.language import speaking
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.policy import unlisted


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _kept_fresh(
        notice(request, 404, _("Nothing here"), _("There is no page at this address. It may have moved."))
    )


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _kept_fresh(
        notice(
            request,
            400,
            _("That did not arrive whole"),
            _("The request could not be read. Try once more."),
        )
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _kept_fresh(
        notice(request, 403, _("Not allowed"), _("Open the page itself and send the form from there."))
    )


def replaced(request: HttpRequest) -> HttpResponse:
    moved = _("This blog has just moved to another machine. Nothing was changed; try again in a few minutes.")
    return unlisted(notice(request, 503, _("Not taken"), moved, is_live=False))


def broken(request: HttpRequest) -> HttpResponse:
    blog = cast(BlogRequest, request).blog
    with speaking(blog) as language:
        context = {
            "language": language,
            "right_to_left": is_right_to_left(language),
            "reference": request_id.current(),
        }
        return render(request, "reading/broken.html", context, status=500)


def notice(
    request: HttpRequest,
    status: int,
    heading: Words,
    sentence: Words,
    *,
    body_class: str = "not-found",
    is_live: bool = True,
) -> HttpResponse:
    """A page of two lines in the blog's look."""
    blog_request = cast(BlogRequest, request)
    return blog_page(
        blog_request,
        "reading/notice.html",
        unlisted_head(blog_request.blog, heading),
        status=status,
        heading=heading,
        sentence=sentence,
        body_class=body_class,
        is_live=is_live,
    )


def _kept_fresh(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response

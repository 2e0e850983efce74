"""The headers of pages that readers see: what a browser may load, and how long it may keep a page."""

import functools
from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from bearblog.domain.blogs import addresses
from bearblog.domain.blogs.models import Blog
from bearblog.web.base.requests import BlogRequest

View = Callable[..., HttpResponse]

_LOADS = (
    "default-src 'none'; img-src 'self' https: data:; media-src 'self' https:; font-src 'self'; "
    "base-uri 'none'"
)
READER_POLICY = f"{_LOADS}; style-src 'self'; form-action 'self'; frame-ancestors 'none'"


def preview_policy(blog: Blog) -> str:
    """The policy of a preview: a page without an origin, in a frame of the studio and nowhere else."""
    # In a sandbox some browsers take 'self' for the missing origin, so the host is named too.
    styles = f"style-src 'self' {addresses.origin(addresses.own_host(blog))}"
    frame = f"frame-ancestors {addresses.main_url('')}"
    return f"sandbox; {_LOADS}; {styles}; form-action 'none'; {frame}"


def reader_page(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """The view for GET and HEAD, its answer under the readers' policy and checked anew at each visit."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(cast(BlogRequest, request), *arguments, **named)
        response.headers.setdefault("Content-Security-Policy", READER_POLICY)
        response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        return response

    return require_safe(conditional_page(answer))

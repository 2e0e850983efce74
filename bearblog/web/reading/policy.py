"""What a browser may load on pages that readers see, and how long it may keep a page."""

import base64
import functools
import hashlib
from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bearblog.domain.blogs import addresses
from bearblog.domain.blogs.models import Blog
from bearblog.engines.rendering.policy import frame_hosts
from bearblog.web.base.public import CACHE_CONTROL
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.language import speaking

View = Callable[..., HttpResponse]

_LOADS = "default-src 'none'; img-src 'self' https: data:; media-src 'self' https:; base-uri 'none'"
# Staff trust this blog's author with code: it runs on the blog's own host, where there is no session.
_TRUSTED = "default-src 'self' https: data: blob: 'unsafe-inline'; object-src 'none'; base-uri 'none'"


def page_policy(blog: Blog, *, has_frames: bool) -> str:
    """The policy that stands in the page itself. What is the same for all blogs, Caddy sends."""
    if blog.is_trusted:
        return _TRUSTED
    foreign = _foreign(blog)
    # For no page's sake: audits of a page, such as Lighthouse's, fetch /robots.txt by the page's policy.
    parts = [
        _LOADS,
        "connect-src 'self'",
        f"style-src 'self'{foreign}",
        f"font-src 'self' data:{foreign}",
        "form-action 'self'",
    ]
    if has_frames:
        parts.append("frame-src " + " ".join(f"https://{host}" for host in frame_hosts()))
    return "; ".join(parts)


def framed_policy(blog: Blog, *, inline_styles: str = "") -> str:
    """The header of a preview or a draft: a page without an origin, framed by the main host or by nobody."""
    # In a sandbox some browsers take 'self' for the missing origin, so the host is named too.
    own = f"'self' {addresses.origin(addresses.own_host(blog))}{_foreign(blog)}"
    inline = f" 'sha256-{_digest(inline_styles)}'" if inline_styles else ""
    frames = " ".join(f"https://{host}" for host in frame_hosts())
    ancestors = f"frame-ancestors {addresses.main_url('')}"
    return (
        f"sandbox; {_LOADS}; style-src {own}{inline}; font-src {own} data:; frame-src {frames}; "
        f"form-action 'none'; {ancestors}"
    )


def _foreign(blog: Blog) -> str:
    return " https:" if blog.allows_remote_styles else ""


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def reader_page(view: View) -> Callable[..., HttpResponse]:
    """The view for GET and HEAD, its answer checked anew at each visit."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(cast(BlogRequest, request), *arguments, **named)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return require_safe(answer)


def own_form(view: View) -> Callable[..., HttpResponse]:
    """The view, for forms of the blog's own pages; never kept. Raises PermissionDenied."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.method == "POST" and not _is_from_here(request):
            raise PermissionDenied("The form came from another site.")
        blog_request = cast(BlogRequest, request)
        with speaking(blog_request.blog):
            return unlisted(view(blog_request, *arguments, **named))

    return answer


def unlisted(response: HttpResponse) -> HttpResponse:
    """The answer, kept by nobody and listed by no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _is_from_here(request: HttpRequest) -> bool:
    # No cookie says who sends a form, so there is no token to forge: the browser says from where.
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"

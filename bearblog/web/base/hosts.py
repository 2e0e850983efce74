"""Decides by the Host header which site a request is for."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from bearblog.domain.blogs import redirects
from bearblog.domain.blogs.addresses import origin
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.selectors import find_blog_by_host
from bearblog.lib import hostnames
from bearblog.web.base.requests import SiteRequest

# A site that a blog points at may learn from which blog its visitors come. The main host tells nobody.
REFERRER_POLICY = "strict-origin-when-cross-origin"


class HostMiddleware:
    """Gives the request its blog, or None on the main site; every other host gets a plain 404.

    Whoever reads at a host that the blog has left, or has a better one for, is sent on.
    """

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        site_request = cast(SiteRequest, request)
        host = host_name(request)
        if host == settings.MAIN_HOST:
            site_request.blog = None
            return self.get_response(site_request)
        site_request.blog = find_blog_by_host(host)
        if site_request.blog is None:
            return HttpResponse("There is no site at this address.\n", status=404, content_type="text/plain")
        if elsewhere := _redirect(request, site_request.blog, host):
            return elsewhere
        site_request.urlconf = settings.BLOG_URLCONF
        # A cookie can come from another site of the domain's owner. Nobody is known here, so nobody reads it.
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(site_request)
        response.headers.setdefault("Referrer-Policy", REFERRER_POLICY)
        return response


def host_name(request: HttpRequest) -> str:
    """The host that was asked, in lower case, without port or final dot; not yet known to be a host name."""
    return hostnames.strip_port(request.META.get("HTTP_HOST", "")).removesuffix(".")


def _redirect(request: HttpRequest, blog: Blog, host: str) -> HttpResponse | None:
    if request.method not in ("GET", "HEAD"):
        return None
    better = redirects.destination(blog, host, request.path)
    if better is None:
        return None
    response = HttpResponsePermanentRedirect(origin(better) + request.get_full_path())
    # Without an end browsers would remember it for ever, and go in circles once the blog moves back.
    response["Cache-Control"] = f"max-age={redirects.SECONDS_REMEMBERED}"
    return response

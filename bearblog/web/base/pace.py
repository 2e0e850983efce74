"""Keeps one address from having pages made faster than a crowd of readers would."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from bearblog.engines.throttle.pace import Pace
from bearblog.lib.networks import network_of
from bearblog.web.base.requests import SiteRequest, client_address
from bearblog.web.base.stored_pages import RENDER_HEADER


class PaceMiddleware:
    """Answers 429 where an address asks for too much in a minute; pages from disk do not come this far."""

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.pace = Pace(settings.PAGES_A_MINUTE)

    def __call__(self, request: SiteRequest) -> HttpResponseBase:
        address = _address(request) if _costs(request) else None
        if address and (seconds := self.pace.spend(address)):
            return _refusal(seconds)
        return self.get_response(request)


def _costs(request: SiteRequest) -> bool:
    is_nobodys = request.blog is not None or not request.COOKIES
    return request.method in ("GET", "HEAD") and is_nobodys and RENDER_HEADER not in request.headers


def _address(request: SiteRequest) -> str | None:
    try:
        return network_of(client_address(request))
    except PermissionDenied:
        # Through the socket and past Caddy comes the box itself.
        return None


def _refusal(seconds: int) -> HttpResponse:
    sentence = f"Your address asks for more pages than can be made. Please go on in {seconds} seconds.\n"
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HttpResponse(sentence, status=429, content_type="text/plain; charset=utf-8", headers=headers)

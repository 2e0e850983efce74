"""Answers that are the same for everybody: what tells them, and how they are sent."""

from typing import TypeGuard

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from bearblog.engines.pagecache.stored import StoredPage, etag_of

# Browsers and shared caches may keep the page, and ask each time whether it still holds.
CACHE_CONTROL = "public, max-age=0, must-revalidate"

_ATOM = "application/atom+xml; charset=utf-8"
_RSS = "application/rss+xml; charset=utf-8"
_XML = "application/xml; charset=utf-8"
_JSON_FEED = "application/feed+json; charset=utf-8"


def is_for_everybody(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Whether the answer may be shown to anybody who asks for this address with neither cookie nor query."""
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and response.headers.get("Cache-Control") == CACHE_CONTROL
        and not response.cookies
        and "Vary" not in response.headers
    )


def from_disk(page: StoredPage, path: str) -> HttpResponse:
    """The answer that the page was made from, as far as a reader can tell."""
    return HttpResponse(
        page.body,
        content_type=_exact_type(page.content_type, path),
        headers={"Cache-Control": CACHE_CONTROL, "ETag": page.etag, "Content-Length": str(len(page.body))},
    )


def unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its tag; only its head where it is public and the reader has it already."""
    is_public = "public" in response.headers.get("Cache-Control", "")
    if response.status_code != 200 or not is_public or not isinstance(response, HttpResponse):
        return response
    if "ETag" not in response.headers:
        response.headers["ETag"] = etag_of(response.content)
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def _exact_type(content_type: str, path: str) -> str:
    # A file tells XML and JSON by its ending, and no more; Caddy has the same rules.
    if content_type.startswith("application/json"):
        return _JSON_FEED
    if not content_type.startswith("text/xml"):
        return content_type
    if path == "/sitemap.xml":
        return _XML
    return _RSS if "rss" in path else _ATOM

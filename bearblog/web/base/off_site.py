"""Says of each save on the main site whether it is safe off the box, or on the box with the copy pending.

A middleware, so that no view can forget it: whatever a signed-in person changes is waited for once the view
has committed it. What it came to goes with the answer, or by a cookie to the page that is shown next.
"""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bearblog.engines.replication.durable import Durable, Safety

SENTENCES = {
    Safety.SAFE: "Saved, and safe off the box.",
    Safety.PENDING: "Saved on the box, off-site copy pending.",
}
COOKIE = "__Host-off-site"

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
# Words that are not saved yet, and who is signed in: nobody waits for the copy of those.
_NOT_A_SAVE = ("studio:autosave", "account_login", "account_logout", "account_reauthenticate")
# Of gunicorn's four threads one is left for pages (deploy/gunicorn.conf.py).
_MOST_WAITING = 3
# A page that is only looked at.
_GLANCE_SECONDS = 0.3
# In base/layout.html: where the sentence stands, if there is one.
_PLACE = b"<!-- off-site -->"


class OffSiteMiddleware:
    """Waits, bounded, after what a signed-in person changed, and puts the outcome into the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if getattr(request, "blog", None) is not None:
            return self.get_response(request)
        if request.method in _SAFE_METHODS:
            response = self.get_response(request)
            if request.method == "GET" and request.COOKIES.get(COOKIE):
                _tell_what_is_known(request, response)
            return response
        was_signed_in, before = request.user.is_authenticated, _changes()
        response = self.get_response(request)
        is_theirs = was_signed_in or request.user.is_authenticated
        if is_theirs and _changes() != before and _is_a_save(request, response):
            _tell(request, response, safety(settings.SAFE_WAIT_SECONDS))
        return response


@require_safe
@never_cache
@login_required
def off_site(request: HttpRequest) -> HttpResponse:
    """Whether all that was saved before this question is safe off the box; for a page that says pending."""
    found = safety(settings.SAFE_WAIT_SECONDS)
    response = JsonResponse({"safe": found is Safety.SAFE, "sentence": SENTENCES.get(found, "")})
    if found is not Safety.PENDING:
        response.delete_cookie(COOKIE)
    return response


def safety(seconds: float) -> Safety:
    """Where all that is committed is, asked for at most so many seconds."""
    if not settings.OFF_SITE:
        return Safety.NO_BUCKET
    return _durable(settings.SYNC_SOCKET, settings.STANDING_SOCKET).wait(seconds)


@functools.cache
def _durable(sync_socket: str, standing_socket: str) -> Durable:
    return Durable(sync_socket=sync_socket, standing_socket=standing_socket, most_waiting=_MOST_WAITING)


def _is_a_save(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    return response.status_code < 400 and match is not None and match.view_name not in _NOT_A_SAVE


def _changes() -> int:
    """How many rows this thread has changed; only another number means anything."""
    database: Any = connections["default"].connection
    return int(database.total_changes) if database is not None else 0


def _tell(request: HttpRequest, response: HttpResponseBase, found: Safety) -> None:
    if found is Safety.NO_BUCKET or not isinstance(response, HttpResponse):
        return
    is_told = _put_into_json(response, found) or _put_in(request, response, found)
    if found is Safety.PENDING or not is_told:
        response.set_cookie(COOKIE, found.value, secure=True, httponly=True, samesite="Lax")
    elif request.COOKIES.get(COOKIE):
        response.delete_cookie(COOKIE)


def _put_into_json(response: HttpResponse, found: Safety) -> bool:
    """Whether a script has asked, and finds the outcome in the answer."""
    if not isinstance(response, JsonResponse):
        return False
    answer = json.loads(response.content)
    told = {"off_site": {"state": found.value, "sentence": SENTENCES[found]}}
    response.content = json.dumps(answer | told if isinstance(answer, dict) else answer).encode()
    return True


def _tell_what_is_known(request: HttpRequest, response: HttpResponseBase) -> None:
    if not isinstance(response, HttpResponse) or not _has_place(response):
        return
    found = Safety.SAFE if request.COOKIES[COOKIE] == Safety.SAFE.value else Safety.PENDING
    if found is Safety.PENDING and request.user.is_authenticated:
        found = safety(_GLANCE_SECONDS)
    is_over = found is not Safety.PENDING or not request.user.is_authenticated
    _put_in(request, response, found)
    if is_over:
        response.delete_cookie(COOKIE)


def _put_in(request: HttpRequest, response: HttpResponse, found: Safety) -> bool:
    """Whether the page has a place for the sentence, which is in it then."""
    if not _has_place(response):
        return False
    context = {
        "sentence": SENTENCES.get(found, ""),
        "is_pending": found is Safety.PENDING,
        "may_ask": request.user.is_authenticated,
    }
    words = render_to_string("base/_off_site.html", context, request)
    response.content = response.content.replace(_PLACE, words.encode(), 1)
    # It is this person's page now.
    response.headers["Cache-Control"] = "private, no-cache"
    return True


def _has_place(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html") and _PLACE in response.content

"""Gives people their words back when the database takes none: too many write at once, or the disk is full."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from bearblog.web.base.hosts import host_name
from bearblog.web.base.kept import answer_with_kept_text
from bearblog.web.base.requests import wants_json

logger = logging.getLogger(__name__)

_SECONDS_UNTIL_AGAIN = 5
# What SQLite says (sqlite.org/rescode.html: SQLITE_BUSY, SQLITE_FULL, SQLITE_IOERR), and what that is.
_REASONS = {
    "database is locked": "The site is busier than it can take just now.",
    "database or disk is full": "The disk of this site is full; whoever runs it has to make room.",
    "disk I/O error": "The disk of this site does not take anything just now.",
}


class NoRoomMiddleware:
    """Answers 503 to whoever sends what cannot be stored now, with their words and a button to try again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """The answer where the error is one of these, for a form on the main host; else None."""
        reason = _REASONS.get(str(error)) if isinstance(error, OperationalError) else None
        if reason is None or request.method != "POST" or host_name(request) != settings.MAIN_HOST:
            return None
        logger.error("Not stored: %s %s: %s", request.method, request.path, error)
        response = _answer(request, reason)
        response.headers["Retry-After"] = str(_SECONDS_UNTIL_AGAIN)
        response.headers["Cache-Control"] = "no-store"
        return response


def _answer(request: HttpRequest, reason: str) -> HttpResponseBase:
    if wants_json(request):
        return JsonResponse(
            {"message": f"Not saved: {reason} Your words are kept in this browser."}, status=503
        )
    return answer_with_kept_text(
        request,
        heading="Not saved yet",
        sentence=f"{reason} Nothing was changed, and what you wrote is below.",
        status=503,
        may_send_again=True,
    )

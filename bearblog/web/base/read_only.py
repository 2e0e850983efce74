"""Keeps a box that was replaced from taking words that its successor would never see."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_resolver, reverse

from bearblog.engines.replication import superseded
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.superseded import Successor
from bearblog.web.base.kept import answer_with_kept_text

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
_STILL_OPEN = ("account_login", "account_logout")


class ReadOnlyMiddleware:
    """Answers 503 to whoever would change something on a replaced box. Signing in still works."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in _SAFE or not is_replaced():
            return self.get_response(request)
        if not _is_main(request):
            # The blog's own error page, named as Django's are.
            return cast(
                HttpResponseBase, get_resolver(settings.BLOG_URLCONF).resolve_error_handler(503)(request)
            )
        if request.path in [reverse(name) for name in _STILL_OPEN]:
            return self.get_response(request)
        response = answer_with_kept_text(
            request,
            heading="This box has been replaced",
            sentence=(
                f"{_whereabouts(_successor())} Nothing was saved here. "
                "If you wrote something, your words are below: copy them, and save them there."
            ),
            status=503,
            may_send_again=False,
        )
        response.headers["Cache-Control"] = "no-store"
        return response


def is_replaced() -> bool:
    """Whether another box has taken the place of this one: what it still takes is lost."""
    return superseded.is_superseded(_file())


def superseded_notice(request: HttpRequest) -> dict[str, Any]:
    """The template variable `superseded`: a sentence for the pages of a replaced box, else an empty text."""
    if not _is_main(request) or not is_replaced():
        return {"superseded": ""}
    return {"superseded": f"This box has been replaced and is read-only. {_whereabouts(_successor())}"}


def _successor() -> Successor | None:
    try:
        return superseded.read(_file())
    except ReplicationError:
        return None


def _whereabouts(successor: Successor | None) -> str:
    if successor is None:
        return "Another box serves the blogs now."
    return f"Since {successor.since:%d %B %Y, %H:%M} UTC the blogs live at {successor.site}"


def _is_main(request: HttpRequest) -> bool:
    return getattr(request, "blog", None) is None


def _file() -> Path:
    return Path(settings.DATA_DIR / superseded.FILE_NAME)

"""The image that counts a reader, and shows nothing."""

import base64
import logging

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from bearblog.domain.analytics import services
from bearblog.web.base.read_only import is_replaced
from bearblog.web.base.requests import BlogRequest, client_address
from bearblog.web.reading.policy import unlisted

logger = logging.getLogger(__name__)

_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@require_safe
def hit(request: BlogRequest) -> HttpResponse:
    count(request, request.GET.get("page", ""), request.GET.get("from", ""))
    return unlisted(HttpResponse(_PIXEL, content_type="image/gif"))


def count(request: BlogRequest, path: str, referrer: str = "") -> None:
    """Counts a look at the path. Whatever goes wrong with it, the reader gets the answer."""
    if is_replaced():
        return
    try:
        services.record_hit(
            blog=request.blog,
            path=path,
            address=client_address(request),
            user_agent=request.headers.get("User-Agent", ""),
            referrer=referrer,
        )
    except (DatabaseError, PermissionDenied):
        logger.warning("A reader was not counted.", exc_info=True)

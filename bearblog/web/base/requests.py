"""What HostMiddleware adds to a request, as types, and who sent a request."""

from ipaddress import ip_address

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from bearblog.domain.blogs.models import Blog


class SiteRequest(HttpRequest):
    """A request on any host: with the blog that answers there, or None on the main site."""

    blog: Blog | None


class BlogRequest(HttpRequest):
    """A request on a blog's host."""

    blog: Blog


def client_address(request: HttpRequest) -> str:
    """The address of the client, in its normal form. Raises PermissionDenied when it is unknown."""
    # Caddy sets X-Real-IP itself; anybody can send X-Forwarded-For. Without Caddy the peer is the client.
    sent = request.headers.get("X-Real-IP") or request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(sent))
    except ValueError as error:
        raise PermissionDenied("The address of the client is unknown.") from error


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, and not a person's browser."""
    return "application/json" in request.headers.get("Accept", "")

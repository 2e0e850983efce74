"""What HostMiddleware adds to a request, as types."""

from django.http import HttpRequest

from bearblog.domain.blogs.models import Blog


class SiteRequest(HttpRequest):
    """A request on any host: with the blog that answers there, or None on the main site."""

    blog: Blog | None


class BlogRequest(HttpRequest):
    """A request on a blog's host."""

    blog: Blog

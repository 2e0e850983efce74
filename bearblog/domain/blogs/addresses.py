"""Absolute addresses: of a blog, and of the main site."""

from urllib.parse import quote

from django.conf import settings

from bearblog.domain.blogs.models import Blog


def own_host(blog: Blog) -> str:
    """The blog's host under the blogs' domain, which it always keeps."""
    return f"{blog.subdomain}.{settings.BLOGS_DOMAIN}"


def preferred_host(blog: Blog) -> str:
    """The host that readers should see: the custom domain where there is one."""
    return blog.custom_domain or own_host(blog)


def origin(host: str) -> str:
    """Scheme, host and port, as browsers write them in an Origin header."""
    port = "" if settings.HTTPS_PORT == 443 else f":{settings.HTTPS_PORT}"
    return f"https://{host}{port}"


def blog_url(blog: Blog, path: str = "/") -> str:
    """The address that readers should see for a path of the blog."""
    return origin(preferred_host(blog)) + quote(path)


def own_url(blog: Blog, path: str = "/") -> str:
    """The address of a path under the blog's own subdomain."""
    return origin(own_host(blog)) + quote(path)


def main_url(path: str = "/") -> str:
    """The address of a path on the main site."""
    return origin(settings.MAIN_HOST) + quote(path)

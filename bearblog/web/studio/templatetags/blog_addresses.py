"""Where a blog stands, for templates of the studio."""

from django import template

from bearblog.domain.blogs.addresses import blog_url, preferred_host
from bearblog.domain.blogs.models import Blog

register = template.Library()


@register.filter
def address(blog: Blog) -> str:
    """The address that readers of the blog should see."""
    return blog_url(blog)


@register.filter
def host_name(blog: Blog) -> str:
    """The host that readers of the blog should see."""
    return preferred_host(blog)

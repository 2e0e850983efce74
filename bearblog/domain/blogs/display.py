"""A blog's own texts as HTML."""

from bearblog.domain.blogs.models import Blog
from bearblog.engines.rendering import markdown


def home_html(blog: Blog) -> str:
    """The home text, rendered and clean."""
    return markdown.render(blog.home_text)


def nav_html(blog: Blog) -> str:
    """The navigation, rendered and clean."""
    return markdown.render(blog.nav_text)

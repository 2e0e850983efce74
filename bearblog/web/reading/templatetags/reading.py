"""How titles, dates and tags stand in the templates of a blog."""

from datetime import datetime
from urllib.parse import quote

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from bearblog.domain.blogs.dates import format_date
from bearblog.domain.blogs.models import Blog
from bearblog.engines.rendering import inline

register = template.Library()


@register.filter
def title_html(title: str) -> SafeString:
    """The title with its emphasis."""
    return mark_safe(inline.title_html(title))  # noqa: S308 - the engine has escaped it


@register.filter
def plain_title(title: str) -> str:
    """The title without the signs of its Markdown."""
    return inline.plain_title(title)


@register.simple_tag(takes_context=True)
def printed_date(context: template.Context, moment: datetime) -> str:
    """The moment as the blog prints dates, in the page's language."""
    blog: Blog = context["blog"]
    return format_date(blog, moment, context["language"])


@register.filter
def stamp(moment: datetime) -> str:
    """The moment as programs read it, where the page is."""
    # HTML takes no more than three digits of a second; nobody needs one.
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.filter
def tag_path(name: str) -> str:
    """The path of the page about a tag."""
    return f"/tags/{quote(name, safe='')}/"

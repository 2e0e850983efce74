"""What the frame of every page needs to know of the box."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def discover_is_on() -> bool:
    """Whether the main site shows posts from all blogs."""
    return bool(settings.DISCOVER)

"""What the pages of sign-up need to know of the box."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def sign_up_mode() -> str:
    """Who may make an account: open, invite, approval or closed."""
    return str(settings.SIGNUP)

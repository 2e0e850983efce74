"""The front page in a look that is not saved: a theme, or CSS as it was typed."""

from django.http import HttpResponse

from bearblog.domain.blogs import styles, themes
from bearblog.domain.blogs.styling import MAX_CSS_BYTES
from bearblog.lib import plain_text
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.policy import framed_policy
from bearblog.web.reading.views.home import front_page


def is_about_styles(request: BlogRequest) -> bool:
    """Whether the studio asks to see a look, not a text."""
    return "theme" in request.POST or "css" in request.POST


def page_in_unsaved_styles(request: BlogRequest) -> HttpResponse:
    """The blog's own front page, its style sheet inside the page since no address has it."""
    theme = themes.find_theme(request.POST.get("theme", ""))
    css = theme.css if theme else plain_text.tidy(request.POST.get("css", "")[:MAX_CSS_BYTES])
    sheet = styles.stylesheet(request.blog, css)
    response = front_page(request, is_live=False, unsaved_styles=sheet)
    response.headers["Content-Security-Policy"] = framed_policy(request.blog, inline_styles=sheet)
    return response

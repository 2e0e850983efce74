"""Changes to a blog's looks. What was there before is kept as a revision."""

from django.db import transaction

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import themes
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog, Revision
from bearblog.domain.blogs.services import change
from bearblog.domain.blogs.writing import keep_revision, newest_revision
from bearblog.lib import plain_text

SUBJECT = "styles"
MAX_CSS_BYTES = 200_000


@transaction.atomic
def update_styles(
    *, blog: Blog, css: str, by: User | None, theme: str | None = None, allows_remote: bool | None = None
) -> Blog:
    """The blog with this CSS, kept as it was typed. Raises BlogError for more than 200 KB."""
    text = plain_text.tidy(css)
    size = len(text.encode())
    if size > MAX_CSS_BYTES:
        raise BlogError(f"This style sheet has {size:,} bytes; it can have at most {MAX_CSS_BYTES:,}.", "css")
    if newest_revision(blog, SUBJECT) is None:
        keep_revision(blog=blog, subject=SUBJECT, text=blog.css, by=None)
    keep_revision(blog=blog, subject=SUBJECT, text=text, by=by)
    return change(
        blog,
        css=text,
        theme=_theme_of(blog, text) if theme is None else theme,
        allows_remote_styles=blog.allows_remote_styles if allows_remote is None else allows_remote,
    )


@transaction.atomic
def apply_theme(*, blog: Blog, theme: str, by: User | None) -> Revision | None:
    """Gives the blog a theme's CSS, from now on its own; returns what was replaced. Raises BlogError."""
    found = themes.find_theme(theme)
    if found is None:
        raise BlogError(f"There is no theme “{theme}” here.", "theme")
    replaced = keep_revision(blog=blog, subject=SUBJECT, text=blog.css, by=by)
    replaced = replaced or newest_revision(blog, SUBJECT)
    update_styles(blog=blog, css=found.css, by=by, theme=found.identifier)
    return replaced


def _theme_of(blog: Blog, css: str) -> str:
    """The theme that this CSS is, or comes from: an author's changes leave the name, other CSS takes it."""
    for theme in themes.THEMES:
        if theme.css == css:
            return theme.identifier
    return blog.theme if css else ""

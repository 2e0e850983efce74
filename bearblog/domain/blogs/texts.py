"""Changes to the texts of a blog itself. Each stores its own fields, and keeps what was there before."""

from django.db import transaction
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import header as home_header
from bearblog.domain.blogs import writing
from bearblog.domain.blogs.checks import (
    MAX_FOOTER_TEXT,
    MAX_HOME_TEXT,
    MAX_NAV_TEXT,
    MAX_TEMPLATE,
    check_text,
)
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import change
from bearblog.domain.blogs.template import read_template

HOME, NAV, FOOTER, TEMPLATE = "home", "nav", "footer", "template"
EMPTY_HEADER = "title: \nlink: \npublished_date: \ntags: "


def template_parts(blog: Blog) -> tuple[str, str]:
    """Header and text with which a new post of the blog begins."""
    try:
        template = read_template(blog.post_template)
    except BlogError:
        return EMPTY_HEADER, blog.post_template
    return (template.header, template.text) if blog.post_template.strip() else (EMPTY_HEADER, "")


@transaction.atomic
def save_home(*, blog: Blog, by: User | None, header: str, text: str) -> Blog:
    """The blog with this home page. Raises BlogError, with a problem for each line of the header."""
    said = home_header.read(header, blog=blog)
    home_text = check_text(text, "text", MAX_HOME_TEXT)
    _keep_first(blog, HOME, blog.home_text, home_header.write(blog))
    change(
        blog,
        title=said.title,
        favicon=said.favicon,
        meta_description=said.meta_description,
        meta_image=said.meta_image,
        home_text=home_text,
        home_updated_at=timezone.now(),
    )
    writing.keep_revision(blog=blog, subject=HOME, header=home_header.write(blog), text=home_text, by=by)
    return blog


@transaction.atomic
def save_nav(*, blog: Blog, by: User | None, text: str) -> Blog:
    """The blog with this navigation. Raises BlogError."""
    return _save(blog, NAV, "nav_text", check_text(text, "text", MAX_NAV_TEXT), by)


@transaction.atomic
def save_footer(*, blog: Blog, by: User | None, text: str) -> Blog:
    """The blog with this text above the end of its pages. Raises BlogError."""
    return _save(blog, FOOTER, "footer_text", check_text(text, "text", MAX_FOOTER_TEXT), by)


@transaction.atomic
def save_template(*, blog: Blog, by: User | None, text: str) -> Blog:
    """The blog with this text in every new post: header lines, a line of three underscores, the body.

    An empty text is no template. Raises BlogError.
    """
    template = check_text(text, "text", MAX_TEMPLATE)
    read_template(template)
    return _save(blog, TEMPLATE, "post_template", template, by)


def _save(blog: Blog, subject: str, field: str, text: str, by: User | None) -> Blog:
    _keep_first(blog, subject, getattr(blog, field))
    change(blog, **{field: text})
    writing.keep_revision(blog=blog, subject=subject, text=text, by=by)
    return blog


def _keep_first(blog: Blog, subject: str, text: str, header: str = "") -> None:
    # What the blog was born with was never saved by anybody, and can be wanted back all the same.
    if text and writing.newest_revision(blog, subject) is None:
        writing.keep_revision(blog=blog, subject=subject, header=header, text=text, by=None)

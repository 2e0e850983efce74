"""What of a blog itself goes out and comes in: its texts as files, its settings as one of JSON.

Never its name, its domain, who may write on it, or what staff decided about it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from bearblog.domain.blogs import dates, head, paths, themes
from bearblog.domain.blogs.checks import (
    MAX_FOOTER_TEXT,
    MAX_HOME_TEXT,
    MAX_NAV_TEXT,
    MAX_TEMPLATE,
    check_language,
    check_text,
    check_title,
)
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.preferences import MAX_ROBOTS
from bearblog.domain.blogs.styling import MAX_CSS_BYTES
from bearblog.lib import plain_text

TEXTS = {
    "home.md": "home_text",
    "nav.md": "nav_text",
    "footer.md": "footer_text",
    "head.html": "head_html",
    "styles.css": "css",
    "post_template.md": "post_template",
}
_LINES = {"favicon": 500, "meta_description": 200, "meta_image": 500}
TRUTHS = ("collects_analytics", "has_likes", "has_share_links", "allows_remote_styles")
SETTINGS = (
    "title",
    *_LINES,
    "theme",
    "language",
    "time_zone",
    "date_format",
    "blog_path",
    "feed_alias",
    "meta_tag",
    "robots_text",
    *TRUTHS,
)
_HOME_MOMENT = "home_updated_at"
VALUES = (*TEXTS.values(), *SETTINGS, _HOME_MOMENT)
_TEXT_LIMITS = {
    "home_text": MAX_HOME_TEXT,
    "nav_text": MAX_NAV_TEXT,
    "footer_text": MAX_FOOTER_TEXT,
    "post_template": MAX_TEMPLATE,
    "css": MAX_CSS_BYTES,
    "robots_text": MAX_ROBOTS,
}
_CHECKS: dict[str, Callable[[str], str]] = {
    "title": check_title,
    "language": check_language,
    "time_zone": dates.check_time_zone,
    "date_format": dates.check_date_format,
    "blog_path": paths.check_blog_path,
    "feed_alias": paths.check_feed_alias,
    "meta_tag": head.check_meta_tag,
}


def values_of(blog: Blog) -> dict[str, object]:
    """The blog's texts and settings, by the names of the fields."""
    return {name: getattr(blog, name) for name in VALUES}


def settings_of(values: Mapping[str, object]) -> dict[str, object]:
    """Those of a blog's values that are settings, as they stand in the archive."""
    known = {name: values[name] for name in (*SETTINGS, _HOME_MOMENT) if name in values}
    return {name: one.isoformat() if isinstance(one, datetime) else one for name, one in known.items()}


def read(blog: Blog, found: Mapping[str, object]) -> tuple[dict[str, object], list[str]]:
    """Those of the values that differ from the blog's and may stand there, and a sentence for the others."""
    changes: dict[str, object] = {}
    problems = []
    for name, value in found.items():
        if name not in VALUES:
            continue
        try:
            checked = _checked(blog, name, value)
        except (BlogError, ValueError) as error:
            problems.append(f"{_words(name)} stays as it is: {error}")
            continue
        if checked != getattr(blog, name):
            changes[name] = checked
    return changes, problems


def names_of(changes: Mapping[str, object]) -> list[str]:
    """What would change, in words."""
    return [_words(name) for name in changes if name != _HOME_MOMENT]


def _checked(blog: Blog, name: str, value: object) -> object:
    if name in TRUTHS:
        if not isinstance(value, bool):
            raise ValueError("it is neither true nor false.")
        return value
    if not isinstance(value, str):
        raise ValueError("it is no text.")
    if value == getattr(blog, name):
        return value
    if name == _HOME_MOMENT:
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=dates.time_zone(blog))
    if name == "head_html":
        return head.check_head(value, is_trusted=blog.is_trusted)
    if name == "theme":
        return value if themes.find_theme(value) else ""
    if name in _LINES:
        return plain_text.one_line(value)[: _LINES[name]]
    if name in _TEXT_LIMITS:
        return check_text(value, name, _TEXT_LIMITS[name])
    return _CHECKS[name](value)


def _words(name: str) -> str:
    special = {"css": "Style sheet", "head_html": "Head", "nav_text": "Navigation", "home_text": "Home page"}
    return special.get(name, name.replace("_", " ").capitalize())

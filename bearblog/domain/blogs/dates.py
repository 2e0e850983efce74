"""Dates as a blog's readers see them: in the blog's language, its time zone and its author's form."""

import functools
import zoneinfo
from datetime import datetime

from django.conf.locale import LANG_INFO
from django.utils import dateformat, formats, translation

from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.lib import languages

LETTERS = "dmYyFjDlSMHhgiaA"
MAX_FORMAT = 32

_DJANGO_LANGUAGES = frozenset(code for code, info in LANG_INFO.items() if "fallback" not in info)


def django_language(code: str) -> str:
    """The language of Django's that is closest to a blog's or post's own code; English where none is."""
    return languages.nearest(code, _DJANGO_LANGUAGES)


def format_date(blog: Blog, moment: datetime, language: str = "") -> str:
    """The date as the author wants it, or as is usual in the language (the blog's, unless given)."""
    local = moment.astimezone(time_zone(blog))
    with translation.override(django_language(language or blog.language)):
        if not blog.date_format:
            return formats.date_format(local, "DATE_FORMAT")
        written = _BlogDate(local)
        # Slavic languages and some others have a second form of a month's name, for beside a day.
        has_two_forms = "E" in formats.get_format("DATE_FORMAT")
        month = "E" if has_two_forms and set(blog.date_format) & set("dj") else "F"
        return "".join(written.letter(month if sign == "F" else sign) for sign in blog.date_format)


def time_zone(blog: Blog) -> zoneinfo.ZoneInfo:
    """The blog's time zone; UTC where the stored name means nothing on this box."""
    try:
        return zoneinfo.ZoneInfo(blog.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


def check_date_format(typed: str) -> str:
    """The date format without the space around it. Raises BlogError for one that shows no date."""
    form = typed.strip()
    if len(form) > MAX_FORMAT:
        raise BlogError(
            f"The date format has {len(form)} characters; it can have at most {MAX_FORMAT}.", "date_format"
        )
    if form and not set(form) & set(LETTERS):
        raise BlogError(
            f"“{form}” has none of the letters that stand for a part of a date, such as d, M and Y.",
            "date_format",
        )
    return form


def check_time_zone(typed: str) -> str:
    """The time zone's name as the zone database writes it. Raises BlogError for one it does not have."""
    name = typed.strip().replace(" ", "_")
    found = _zone_names().get(name.lower())
    if found is None:
        raise BlogError(f"“{typed.strip()}” is not a time zone such as Europe/Berlin or UTC.", "time_zone")
    return found


@functools.cache
def _zone_names() -> dict[str, str]:
    return {name.lower(): name for name in zoneinfo.available_timezones()}


class _BlogDate(dateformat.DateFormat):
    """Django's date, part by part, with an am and pm that a reader can tell from a typing error."""

    def letter(self, sign: str) -> str:
        return str(getattr(self, sign)()) if sign == "E" or sign in LETTERS else sign

    def a(self) -> str:
        return str(self.A()).lower()

    def M(self) -> str:
        # Django would write the month large where the language does not.
        return str(super().M()) if _is_english() else str(self.b())

    def S(self) -> str:
        # "1st" is English; other languages write their ordinals in other ways, or not at all.
        return str(super().S()) if _is_english() else ""


def _is_english() -> bool:
    return (translation.get_language() or "en").startswith("en")

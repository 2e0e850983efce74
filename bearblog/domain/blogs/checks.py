"""What may stand in a blog's fields."""

import re

from bearblog.domain.blogs.errors import BlogError
from bearblog.lib import plain_text

MAX_TITLE = 200
MAX_HOME_TEXT = 1_000_000
MAX_NAV_TEXT = 20_000
MAX_FOOTER_TEXT = 20_000
MAX_TEMPLATE = 20_000

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_title(typed: str) -> str:
    """The title as it is stored. Raises BlogError."""
    title = plain_text.one_line(typed)
    if not title:
        raise BlogError("Give the blog a title.", "title")
    if len(title) > MAX_TITLE:
        raise BlogError(f"The title has {len(title)} characters; it can have at most {MAX_TITLE}.", "title")
    return title


def check_text(typed: str, field: str, most: int) -> str:
    """The text as it is stored, with at most so many characters. Raises BlogError."""
    text = plain_text.tidy(typed)
    if len(text) > most:
        raise BlogError(f"This text has {len(text):,} characters; it can have at most {most:,}.", field)
    return text


def check_language(typed: str) -> str:
    """The language code as it is stored. Raises BlogError."""
    language = typed.strip()
    if len(language) > 35 or not _LANGUAGE.fullmatch(language):
        raise BlogError(f"“{language}” is not a language code such as en, de or pt-BR.", "language")
    return language

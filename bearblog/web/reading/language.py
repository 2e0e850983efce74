"""The language and the time zone in which a page speaks."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone, translation

from bearblog.domain.blogs.dates import django_language, time_zone
from bearblog.domain.blogs.models import Blog


@contextmanager
def speaking(blog: Blog, language: str = "") -> Iterator[str]:
    """Speaks the language (the blog's, unless given) in the blog's time zone; yields the language's code."""
    code = language or blog.language
    with translation.override(django_language(code)), timezone.override(time_zone(blog)):
        yield code

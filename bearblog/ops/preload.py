"""Loads what pages are made with before the first of them is asked for."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver


def load_pages() -> int:
    """How many addresses and templates are in memory now: all views behind them, and all templates of ours.

    Raises TemplateSyntaxError, or whatever a module raises that cannot be loaded.
    """
    resolvers = [get_resolver(urlconf) for urlconf in (settings.ROOT_URLCONF, settings.BLOG_URLCONF)]
    templates = [get_template(name) for name in _template_names()]
    return sum(len(resolver.reverse_dict) for resolver in resolvers) + len(templates)


def _template_names() -> Iterator[str]:
    for folder in map(Path, get_app_template_dirs("templates")):
        if folder.is_relative_to(settings.BASE_DIR / "bearblog"):
            yield from (str(file.relative_to(folder)) for file in folder.rglob("*.*") if file.is_file())

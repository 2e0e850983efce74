"""The ten themes: what each of them must have."""

import re

import pytest

from bearblog.domain.blogs import themes
from bearblog.domain.blogs.themes import THEMES, Theme
from bearblog.engines.rendering.styles import CleanCss, clean_css

HOOKS = (
    ".title",
    "nav a",
    "main",
    "footer",
    ".blog-posts",
    ".tags",
    "time",
    "button",
    "input",
    "pre",
    "code",
    ".admonition",
    ".footnotes",
    ".toc",
    "figcaption",
    "blockquote",
    "th",
    "mark",
    "a:visited",
    "a:hover",
)

every_theme = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.identifier)


def test_there_are_ten_of_different_names() -> None:
    assert len({theme.identifier for theme in THEMES}) == len({theme.name for theme in THEMES}) == 10


def test_a_theme_is_found_by_its_identifier() -> None:
    assert themes.find_theme("novel") in THEMES
    assert themes.find_theme("../settings") is None
    assert themes.is_theme(themes.default_css())
    assert not themes.is_theme("a {}")


@every_theme
def test_a_theme_is_a_small_readable_sheet_that_loads_nothing(theme: Theme) -> None:
    assert 1_000 < len(theme.css.encode()) < 5_000
    assert theme.css.startswith(f"/* {theme.name}: ")
    assert "url(" not in theme.css
    assert "@font-face" not in theme.css
    assert clean_css(theme.css, allows_remote=False) == CleanCss(theme.css)


@every_theme
def test_a_theme_has_a_day_and_a_night(theme: Theme) -> None:
    assert "color-scheme: light dark" in theme.css
    assert theme.light.keys() == theme.dark.keys()
    assert theme.light["paper"] != theme.dark["paper"]
    assert {"paper", "ink", "heading", "quiet", "link", "visited", "shade", "mark"} <= theme.light.keys()


@every_theme
def test_a_theme_speaks_of_everything_on_a_page(theme: Theme) -> None:
    assert [hook for hook in HOOKS if hook not in theme.css] == []


@every_theme
def test_a_theme_knows_no_left_and_right_where_a_language_decides(theme: Theme) -> None:
    sides = r"(margin|padding|border)-(left|right)|text-align: (left|right)|float: (left|right)"
    assert re.search(sides, theme.css) is None


@every_theme
def test_a_theme_names_the_letters_of_its_text(theme: Theme) -> None:
    assert theme.font.endswith(("serif", "monospace"))

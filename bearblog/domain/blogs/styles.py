"""The one style sheet of a blog: what every blog needs, then the author's CSS made safe."""

import functools
import hashlib
from pathlib import Path

import tinycss2

from bearblog.domain.blogs import themes
from bearblog.domain.blogs.models import Blog
from bearblog.engines.rendering import code, style_rules
from bearblog.engines.rendering import styles as cleaning

BASE_CSS = (Path(__file__).parent / "base.css").read_text(encoding="utf-8")

# A sheet is cached for ever under its name, so whatever shapes it has to change the name.
_RECIPE = hashlib.sha256(
    b"\0".join(
        (
            BASE_CSS.encode(),
            code.LIGHT_AND_DARK_CSS.encode(),
            Path(cleaning.__file__).read_bytes(),
            Path(style_rules.__file__).read_bytes(),
            tinycss2.__version__.encode(),
        )
    )
).digest()


def stylesheet(blog: Blog, css: str | None = None) -> str:
    """All of the blog's CSS as readers get it; with other CSS in the place of the author's, when given."""
    return _composed(blog.css if css is None else css, allows_remote=blog.allows_remote_styles)


def stylesheet_name(blog: Blog, css: str | None = None) -> str:
    """A name of sixteen letters that stands for exactly this style sheet."""
    own = (blog.css if css is None else css) or themes.default_css()
    parts = (_RECIPE, b"remote" if blog.allows_remote_styles else b"own", own.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def style_warnings(blog: Blog) -> tuple[cleaning.StyleWarning, ...]:
    """What readers do not get of the author's CSS, line by line."""
    return _clean(blog.css, allows_remote=blog.allows_remote_styles).warnings


@functools.lru_cache(maxsize=32)
def _composed(css: str, *, allows_remote: bool) -> str:
    own = _clean(css or themes.default_css(), allows_remote=allows_remote)
    return f"{own.imports}{BASE_CSS}{code.LIGHT_AND_DARK_CSS.rstrip()}\n{own.css}"


def _clean(css: str, *, allows_remote: bool) -> cleaning.CleanCss:
    return cleaning.clean_css(css, allows_remote=allows_remote)

"""The looks that a blog can start from. Once applied, the CSS is the author's."""

import re
from dataclasses import dataclass
from pathlib import Path

DEFAULT = "paper"

_FOLDER = Path(__file__).parent / "themes"
_COLOUR = re.compile(r"--([a-z]+):\s*(#[0-9a-f]{6})\b")
_FONT = re.compile(r"--text:\s*([^;]+);")
_DARK = "@media (prefers-color-scheme: dark)"


@dataclass(frozen=True)
class Theme:
    """One look: its style sheet as the author will get it."""

    identifier: str
    name: str
    description: str
    css: str

    is_centred: bool = False

    @property
    def light(self) -> dict[str, str]:
        """The colours by day, by the name of their variable."""
        colours = dict(_COLOUR.findall(self.css.partition(_DARK)[0]))
        return {"heading": colours["ink"]} | colours

    @property
    def dark(self) -> dict[str, str]:
        """The colours by night."""
        colours = dict(_COLOUR.findall(self.css.partition(_DARK)[2]))
        return self.light | {"heading": colours["ink"]} | colours

    @property
    def font(self) -> str:
        """The letters of the text, as CSS names them."""
        found = _FONT.search(self.css)
        return found[1] if found else "serif"


def _theme(identifier: str, name: str, description: str, *, is_centred: bool = False) -> Theme:
    css = (_FOLDER / f"{identifier}.css").read_text(encoding="utf-8")
    return Theme(identifier, name, description, css, is_centred)


THEMES = (
    _theme("paper", "Paper", "A warm page and a book's letters, for long reading."),
    _theme("daylight", "Daylight", "Clear and modern, with room around everything."),
    _theme(
        "novel",
        "Novel",
        "Set like a printed book, with indented paragraphs and small capitals.",
        is_centred=True,
    ),
    _theme("terminal", "Terminal", "One fixed-width letter, a prompt, and a phosphor glow at night."),
    _theme(
        "gazette", "Gazette", "A newspaper's masthead, ruled lines, and posts in columns.", is_centred=True
    ),
    _theme("clear", "Clear", "The strongest contrast and large letters, for tired eyes and bright sun."),
    _theme("margin", "Margin", "A wide page with the title and the navigation beside the words."),
    _theme("still", "Still", "Quiet letters in the middle of an empty page.", is_centred=True),
    _theme("fair", "Fair", "Bright, round and cheerful, a colour for every kind of thing."),
    _theme("typewriter", "Typewriter", "A typed sheet lying on a desk."),
)
_BY_IDENTIFIER = {theme.identifier: theme for theme in THEMES}


def find_theme(identifier: str) -> Theme | None:
    """The theme of this identifier, or None."""
    return _BY_IDENTIFIER.get(identifier)


def default_css() -> str:
    """What a blog without CSS of its own looks like."""
    return _BY_IDENTIFIER[DEFAULT].css


def is_theme(css: str) -> bool:
    """Whether this is a theme's CSS, unchanged."""
    return any(theme.css == css for theme in THEMES)

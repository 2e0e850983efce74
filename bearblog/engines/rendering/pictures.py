"""Pictures of an article: in several widths, with their size known before they arrive, loaded when needed."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

_RAW = (
    r"<!--.*?-->|<(?P<name>script|style|iframe|noembed|noframes|xmp)\b(?:[^>\"]|\"[^\"]*\")*>.*?</(?P=name)>"
)
_IMAGE = re.compile(rf"{_RAW}|<img\b(?P<attributes>(?:[^>\"]|\"[^\"]*\")*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([^\s"=>/]+)(?:="([^"]*)")?')
# The text of our themes is at most this wide.
_SIZES = "(max-width: 720px) 100vw, 720px"


@dataclass(frozen=True)
class Picture:
    """A picture that is known: its size, and each address with the width of what lies there."""

    width: int
    height: int
    sources: tuple[tuple[str, int], ...]


PictureFinder = Callable[[str], Picture | None]


def no_picture(source: str) -> Picture | None:
    """None: knows no picture."""
    return None


def dress(markup: str, find_picture: PictureFinder) -> str:
    """The HTML with each picture's widths and size, and all but the first one loaded only when needed."""
    if "<img" not in markup:
        return markup
    count = 0

    def dressed(match: re.Match[str]) -> str:
        nonlocal count
        if match["attributes"] is None:
            return match[0]
        count += 1
        return _dress_one(match["attributes"], find_picture, is_first=count == 1)

    return _IMAGE.sub(dressed, markup)


def _dress_one(typed: str, find_picture: PictureFinder, *, is_first: bool) -> str:
    attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(typed)}
    attributes.setdefault("alt", "")
    picture = find_picture(attributes.get("src", ""))
    if picture is not None:
        _add_sizes(attributes, picture)
    if not is_first:
        attributes.setdefault("loading", "lazy")
    attributes.setdefault("decoding", "async")
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<img{written}>"


def _add_sizes(attributes: dict[str, str], picture: Picture) -> None:
    if "width" not in attributes and "height" not in attributes:
        attributes |= {"width": str(picture.width), "height": str(picture.height)}
    if len(picture.sources) > 1 and "srcset" not in attributes:
        attributes["srcset"] = ", ".join(f"{address} {width}w" for address, width in picture.sources)
        attributes.setdefault("sizes", _SIZES)

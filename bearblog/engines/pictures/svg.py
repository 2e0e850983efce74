"""Lets of an SVG only what draws: no script, no other page in it, nothing fetched from anywhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from bearblog.engines.pictures import svg_allowed, svg_styles
from bearblog.engines.pictures.errors import PictureError

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_MOST_ELEMENTS = 100_000
_DEEPEST = 200
_BROKEN = "This SVG is not well-formed XML, so it cannot be checked."
_ENTITIES = "This SVG defines entities of its own. Save it as plain SVG and try again."


@dataclass
class _Cleaner:
    """Hears the document element by element, and writes what may stay."""

    written: list[str] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)
    style: list[str] = field(default_factory=list)
    size: tuple[int, int] = (0, 0)
    skipped: int = 0
    elements: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > _MOST_ELEMENTS or len(self.open_tags) + self.skipped > _DEEPEST:
            raise PictureError(f"This SVG has more than {_MOST_ELEMENTS:,} elements, or nests them too deep.")
        namespace, _, local = name.rpartition(" ")
        is_root = not self.open_tags and not self.written
        if self.skipped or namespace != _SVG or local not in svg_allowed.ELEMENTS:
            self.skipped += 1
            return
        if is_root:
            if local != "svg":
                raise PictureError("This file is no SVG picture.")
            self.size = _size(attributes)
        kept = list(_attributes(local, attributes))
        if any(_aims_at_links(local, name, value) for name, value in kept):
            self.skipped += 1
            return
        if is_root:
            kept = [("xmlns", _SVG), ("xmlns:xlink", _XLINK), *kept]
        self.written.append(f"<{local}{''.join(f' {key}={quoteattr(value)}' for key, value in kept)}>")
        self.open_tags.append(local)

    def end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        local = self.open_tags.pop()
        if local == "style":
            self.written.append(escape(svg_styles.clean_sheet("".join(self.style))))
            self.style.clear()
        self.written.append(f"</{local}>")

    def text(self, characters: str) -> None:
        if self.skipped or not self.open_tags:
            return
        if self.open_tags[-1] == "style":
            self.style.append(characters)
        else:
            self.written.append(escape(characters))

    def doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if has_subset:
            raise PictureError(_ENTITIES)


def clean(content: bytes) -> tuple[bytes, tuple[int, int]]:
    """The picture without what is not drawing, and its size, or zeros. Raises PictureError."""
    cleaner = _Cleaner()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = cleaner.start
    parser.EndElementHandler = cleaner.end
    parser.CharacterDataHandler = cleaner.text
    parser.StartDoctypeDeclHandler = cleaner.doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise PictureError(_BROKEN) from error
    if not cleaner.written:
        raise PictureError("This file is no SVG picture.")
    return "".join(cleaner.written).encode(), cleaner.size


def _attributes(element: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in attributes.items():
        namespace, _, local = name.rpartition(" ")
        if local == "href" and namespace in ("", _XLINK):
            if _may_point_at(element, value):
                yield "xlink:href" if namespace else "href", value.strip()
        elif namespace == _XML and local in ("space", "lang"):
            yield f"xml:{local}", value
        elif namespace == "" and local == "style":
            if declarations := svg_styles.clean_declarations(value):
                yield local, declarations
        elif namespace == "" and svg_allowed.is_attribute(local) and svg_styles.fetches_nothing(value):
            yield local, value


def _may_point_at(element: str, value: str) -> bool:
    if re.fullmatch(r"\s*#[^\s\"'<>]+\s*", value):
        return True
    is_picture = re.fullmatch(r"\s*data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*", value)
    return element in ("image", "feImage") and is_picture is not None


def _aims_at_links(element: str, name: str, value: str) -> bool:
    """Whether an animation would change what a link leads to, or what an event does."""
    is_target = name == "attributeName" and element in svg_allowed.ANIMATIONS
    return is_target and not svg_allowed.is_attribute(value.strip())


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    width, height = (_length(attributes.get(name, "")) for name in ("width", "height"))
    box = [_length(part) for part in attributes.get("viewBox", "").replace(",", " ").split()]
    if not (width and height) and len(box) == 4:
        width, height = box[2], box[3]
    return (width, height) if width and height else (0, 0)


def _length(text: str) -> int:
    match = re.fullmatch(r"\s*(\d{1,6})(\.\d{0,12})?(px)?\s*", text)
    return round(float(match[1] + (match[2] or ""))) if match else 0

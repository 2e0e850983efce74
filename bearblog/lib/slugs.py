"""A page's address below its host, made from words in any script."""

import re
import unicodedata

# A page is stored under its slug, and a file name holds 255 bytes; this leaves room for an ending.
MAX_BYTES = 190

_APOSTROPHES = re.compile("['\u2019\u02bc\u200c\u200d]")


def _stays(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def normal(text: str) -> str:
    """The text in lower case and NFC, so that two spellings of one address compare equal."""
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", composed.lower())


def shorten(slug: str, most: int = MAX_BYTES) -> str:
    """The slug cut to at most so many bytes, never between a letter and its marks."""
    if len(slug.encode()) <= most:
        return slug
    length = len(slug.encode()[:most].decode(errors="ignore"))
    while length and _is_mark(slug[length]):
        length -= 1
    return slug[:length].rstrip("-/")


def make_slug(text: str) -> str:
    """A slug of the letters and digits in the text, joined by hyphens; empty when it has none."""
    return shorten("-".join(word for word in re.split("-+", _joined(text, "")) if word))


def make_name(text: str) -> str:
    """A slug in which the hyphens and underscores of the text stay as they are."""
    return shorten(_joined(text, "-_"))


def make_path(text: str) -> str:
    """A slug of several parts: slashes, hyphens and underscores stay, and no part is empty."""
    parts = (_joined(part, "-_") for part in text.split("/"))
    return shorten("/".join(part for part in parts if part))


def number(slug: str, count: int) -> str:
    """The slug with a number behind it, within the length that a slug can have."""
    ending = f"-{count}"
    return shorten(slug, MAX_BYTES - len(ending)) + ending


def _joined(text: str, kept: str) -> str:
    plain = normal(_APOSTROPHES.sub("", text))
    words = "".join(c if _stays(c) or c in kept else " " for c in plain).split()
    # A mark with no letter before it would attach itself to the hyphen.
    bare = (word.lstrip("".join(filter(_is_mark, word))) for word in words)
    return normal("-".join(word for word in bare if word))

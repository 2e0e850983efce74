"""Text as people send it, made fit for storing: no control characters, one kind of line end."""

import re
import unicodedata

# What XML 1.0 cannot hold at all; one of these in a title would make a whole feed unreadable.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Unicode's own limit for text that is safe to pass on. Putting a longer pile of marks into their order takes
# the square of its height, and nothing else runs meanwhile.
MOST_MARKS = 30
_BEYOND_ALL_SCRIPTS = 0x1F000


def _is_mark(character: str) -> bool:
    return unicodedata.combining(unicodedata.normalize("NFD", character)[0]) != 0


_MARKS = "".join(
    character for character in map(chr, range(0x300, _BEYOND_ALL_SCRIPTS)) if _is_mark(character)
)
_PILE = re.compile(f"([{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]+")


def without_control_characters(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def tidy(text: str) -> str:
    """The text in NFC, with plain newlines, without control characters and piles of marks on a letter."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _PILE.sub(r"\1", without_control_characters(lines)))


def one_line(text: str) -> str:
    """The text as a single tidy line: each run of white space becomes one space."""
    return " ".join(tidy(text).split())

"""Text as people send it, made fit for storing: no control characters, one kind of line end."""

import re
import unicodedata

# What XML 1.0 cannot hold at all; one of these in a title would make a whole feed unreadable.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_control_characters(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def tidy(text: str) -> str:
    """The text in NFC, with plain newlines and without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", without_control_characters(lines))


def one_line(text: str) -> str:
    """The text as a single tidy line: each run of white space becomes one space."""
    return " ".join(tidy(text).split())

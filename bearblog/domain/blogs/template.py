"""What a new post begins with."""

import re
from dataclasses import dataclass

from bearblog.domain.blogs.errors import BlogError

_SEPARATOR = re.compile(r"^[ \t]*_{3,}[ \t]*$", re.MULTILINE)
# What people write who know such lines from elsewhere.
_OTHER_SEPARATOR = re.compile(r"^[ \t]*(-{3,}|—+|\*{3,})[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Template:
    """The header and the text with which a new post begins."""

    header: str = ""
    text: str = ""


def read_template(typed: str) -> Template:
    """The template's two parts; an empty template has none. Raises BlogError without a line between them."""
    if not typed.strip():
        return Template()
    written = typed.replace("\r\n", "\n").replace("\r", "\n")
    separator = _SEPARATOR.search(written) or _OTHER_SEPARATOR.search(written)
    if separator is None:
        raise BlogError(
            "Between the header lines and the text of a template stands a line of three underscores: ___",
            "text",
        )
    return Template(written[: separator.start()].strip("\n"), written[separator.end() :].strip("\n"))

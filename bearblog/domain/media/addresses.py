"""How a text names a file: its address on any host of the blog, and the Markdown that shows it."""

import re

from bearblog.domain.media.models import MediaFile

_SPECIAL = re.compile(r"([\\\[\]*_`<>])")
_NAMED = re.compile(r"/media/([0-9a-f]{64})\.[a-z0-9]{2,5}")
_SHOWN_BY = {"video": "video", "audio": "audio"}


def media_path(sha256: str, extension: str) -> str:
    """The path of a file on the blog's hosts."""
    return f"/media/{sha256}.{extension}"


def path_of_file(file: MediaFile) -> str:
    """The path of the file on its blog's hosts."""
    return media_path(file.sha256, file.extension)


def markdown_of(file: MediaFile) -> str:
    """What to write into a text so that the file is shown, or led to."""
    path = path_of_file(file)
    kind = file.content_type.partition("/")[0]
    if kind == "image":
        return f"![{_escaped(file.alternative_text)}]({path})"
    if kind in _SHOWN_BY and file.extension != "mkv":
        return f'<{_SHOWN_BY[kind]} controls src="{path}"></{_SHOWN_BY[kind]}>'
    return f"[{_escaped(file.name)}]({path})"


def hashes_in(text: str) -> set[str]:
    """The SHA-256 of each file that the text names."""
    return set(_NAMED.findall(text))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)

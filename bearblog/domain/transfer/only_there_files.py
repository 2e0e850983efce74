"""Writes what only another database has of a blog into a folder, and tells it in lines.

A blog's folder, packed as a zip file, can be brought in by its author: what is known there is left as it is.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bearblog.domain.transfer import blog_fields, entries, media_index
from bearblog.domain.transfer.only_there import BlogDifferences, Difference, State
from bearblog.domain.transfer.records import MediaRecord
from bearblog.lib import columns

TITLES = ("blog", "what", "state", "changed there", "changed here", "file")

Row = tuple[str, ...]


def write(found: BlogDifferences, folder: Path) -> None:
    """Writes the blog's folder into the folder: a file for each text, and the list of the media."""
    place = folder / found.blog.subdomain
    files = {one.file: one.content for one in found.texts} | {"manifest.json": entries.manifest()}
    if found.media:
        files["media.json"] = media_index.write_index(found.media)
    if found.is_only_there:
        about = {"subdomain": found.blog.subdomain, "settings": blog_fields.settings_of(found.blog.values)}
        files["blog.json"] = json.dumps(about, ensure_ascii=False, indent=1)
    for name, content in files.items():
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="")


def rows(found: BlogDifferences) -> Iterator[Row]:
    """What was written of the blog, by the titles."""
    name = found.blog.subdomain
    if found.is_only_there:
        yield (name, "the whole blog", State.ONLY_THERE.value, "", "", f"{name}/")
    for one in found.texts:
        moments = (_words(one.changed_there), _here(one))
        yield (name, one.what, one.state.value, *moments, f"{name}/{one.file}")
    for file in found.media:
        what, moment = f"file {_line(file)}", _words(file.uploaded_at)
        yield (name, what, State.ONLY_THERE.value, moment, "", f"{name}/{_media(file)}")


def table(told: list[Row]) -> list[str]:
    """The rows below their titles, in columns."""
    return columns.aligned([TITLES, *told])


def _here(one: Difference) -> str:
    return "deleted" if one.was_deleted_here else _words(one.changed_here)


def _line(file: MediaRecord) -> str:
    return " ".join(file.name.split())


def _media(file: MediaRecord) -> str:
    return f"media/{file.stored.sha256}.{file.stored.extension}"


def _words(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""

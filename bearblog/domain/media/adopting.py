"""Takes files that were made ready on another box, just as they are: texts name them by their hash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import touch
from bearblog.domain.media import storage
from bearblog.domain.media.models import MediaFile, Variant
from bearblog.engines.pictures import kinds, stripping, svg
from bearblog.engines.pictures.errors import PictureError
from bearblog.engines.pictures.kinds import KINDS
from bearblog.lib import plain_text

_CHANGED = "its bytes are not those that its name says."
_UNCLEAN = "it carries more than a picture, so it is left out. Upload it by itself."


@dataclass(frozen=True)
class Part:
    """One file, settled on the disk on which it will stay."""

    path: Path
    sha256: str
    extension: str
    size: int
    width: int
    height: int


@dataclass(frozen=True)
class Adoptable:
    """A file with its widths, the file itself first."""

    name: str
    alternative_text: str
    uploaded_at: datetime
    parts: tuple[Part, ...]


def why_not(file: Path, sha256: str, extension: str) -> str:
    """Why the file cannot be taken as it is, in words; empty where it can, and then the disk has it."""
    kind = kinds.find_kind(file, f"file.{extension}")
    if kind is None or kind.extension != extension:
        return "it is not what its name says."
    if storage.hash_of(file) != sha256:
        return _CHANGED
    content = file.read_bytes()
    try:
        clean = svg.clean(content)[0] if extension == "svg" else stripping.strip(content, extension)
    except PictureError as error:
        return error.sentence
    if clean is not None and clean != content:
        return _UNCLEAN
    storage.settle(file)
    return ""


@transaction.atomic
def adopt(*, blog: Blog, uploaded_by: User | None, files: Iterable[Adoptable]) -> int:
    """How many files the blog has now that it had not before."""
    count = 0
    for one in files:
        for part in one.parts:
            storage.place(part.path, part.sha256, part.extension)
        first, *others = one.parts
        file = MediaFile.objects.create(
            blog=blog,
            sha256=first.sha256,
            extension=first.extension,
            content_type=KINDS[first.extension].content_type,
            name=plain_text.one_line(one.name) or "file",
            alternative_text=plain_text.one_line(one.alternative_text),
            size=first.size,
            width=first.width or None,
            height=first.height or None,
            uploaded_at=one.uploaded_at,
            uploaded_by=uploaded_by,
        )
        Variant.objects.bulk_create(
            Variant(
                media_file=file,
                sha256=part.sha256,
                extension=part.extension,
                width=part.width,
                height=part.height,
                size=part.size,
            )
            for part in {part.width: part for part in others}.values()
        )
        count += 1
    if count:
        touch(blog)
    return count

"""Changes to a blog's files. Bytes come to the disk before a row names them, and leave after."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import touch
from bearblog.domain.media import selectors, storage
from bearblog.domain.media.errors import MediaError
from bearblog.domain.media.models import MediaFile, Variant
from bearblog.domain.media.preparing import Piece, prepared
from bearblog.domain.media.releasing import release, stored_files
from bearblog.domain.media.space import check_space
from bearblog.engines.pictures.kinds import KINDS
from bearblog.lib import plain_text

MAX_NAME = 255
MAX_ALTERNATIVE_TEXT = 1000


def add_file(
    *,
    blog: Blog,
    uploaded_by: User | None,
    source: Path,
    name: str,
    alternative_text: str = "",
    keeps_format: bool = False,
) -> MediaFile:
    """The file, stored; the one there is where the blog has the same bytes. Raises MediaError.

    A picture becomes WebP in several widths, or keeps its format and size.
    """
    name, alternative_text = _name(name), _alternative_text(alternative_text)
    check_space(blog, 0)
    # Outside of the transaction: what takes seconds must not keep other writers waiting.
    with prepared(source, name, keeps_format=keeps_format) as pieces, transaction.atomic():
        known = selectors.find_by_hash(blog, pieces[0].sha256)
        if known is None:
            check_space(blog, sum(piece.size for piece in pieces))
        # Even for a file that is known: a restored box may be without its bytes yet.
        for piece in pieces:
            storage.place(piece.path, piece.sha256, piece.extension)
        return known or _store(blog, uploaded_by, name, alternative_text, pieces)


@transaction.atomic
def describe_file(*, file: MediaFile, name: str, alternative_text: str) -> MediaFile:
    """The file under this name, and with these words for those who cannot see it. Raises MediaError."""
    file.name, file.alternative_text = _name(name), _alternative_text(alternative_text)
    file.save(update_fields=["name", "alternative_text"])
    return file


@transaction.atomic
def delete_files(*, blog: Blog, numbers: Iterable[int]) -> int:
    """Takes files off the blog; returns how many. Bytes that no other blog names leave the disk."""
    files = selectors.files_of(blog).filter(pk__in=list(numbers))
    stored = stored_files(files)
    count = files.count()
    files.delete()
    touch(blog)
    transaction.on_commit(lambda: release(stored), robust=True)
    return count


def _store(
    blog: Blog, uploaded_by: User | None, name: str, alternative_text: str, pieces: list[Piece]
) -> MediaFile:
    first, *others = pieces
    file = MediaFile.objects.create(
        blog=blog,
        sha256=first.sha256,
        extension=first.extension,
        content_type=KINDS[first.extension].content_type,
        name=name,
        alternative_text=alternative_text,
        size=first.size,
        width=first.width or None,
        height=first.height or None,
        uploaded_by=uploaded_by,
    )
    for piece in others:
        Variant.objects.create(
            media_file=file,
            sha256=piece.sha256,
            extension=piece.extension,
            width=piece.width,
            height=piece.height,
            size=piece.size,
        )
    touch(blog)
    return file


def _name(typed: str) -> str:
    # Some browsers send the whole path.
    name = plain_text.one_line(typed.replace("\\", "/").rpartition("/")[2])
    return name[:MAX_NAME] or "file"


def _alternative_text(typed: str) -> str:
    text = plain_text.one_line(typed)
    if len(text) > MAX_ALTERNATIVE_TEXT:
        raise MediaError(
            f"The description has {len(text):,} characters; it can have at most {MAX_ALTERNATIVE_TEXT:,}.",
            "alternative_text",
        )
    return text

"""A blog as one zip file, made while it is sent: neither the memory nor the disk holds the whole of it."""

import zipfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from django.db import connection
from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media import storage
from bearblog.domain.transfer import entries, kept
from bearblog.domain.transfer.entries import Entry
from bearblog.domain.transfer.records import SubscriberLine

_PIECE = 256 * 1024


class _Sink:
    """Takes what the zip file writes until it is fetched."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def whole_blog(blog: Blog, *, subscribers: Iterable[SubscriberLine]) -> Generator[bytes]:
    """The archive of everything, piece by piece."""
    sink = _Sink()
    stored: list[tuple[str, Path]] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:

        def texts() -> Iterator[bytes]:
            yield from _packed(packed, sink, entries.everything(blog, subscribers))
            stored.extend(_stored_files(blog))

        yield from _at_one_moment(texts())
        for name, path in stored:
            yield from _copy(packed, sink, name, path)
    yield sink.take()


def markdown_only(blog: Blog) -> Generator[bytes]:
    """The archive of the posts and pages as Markdown files, piece by piece."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        yield from _at_one_moment(_packed(packed, sink, entries.markdown_files(blog)))
    yield sink.take()


def table_only(blog: Blog) -> Generator[bytes]:
    """Bear's file of posts, piece by piece."""
    yield from _at_one_moment(piece.encode() for piece in entries.bear_csv(blog))


def _at_one_moment(pieces: Iterable[bytes]) -> Iterator[bytes]:
    # Made at once and sent from the disk, however slowly somebody takes it: while a reading of the database
    # goes on, its log only grows. Media may follow, as they never change.
    with TemporaryFile(dir=kept.folder()) as file:
        with _snapshot():
            for piece in pieces:
                file.write(piece)
        file.seek(0)
        while part := file.read(_PIECE):
            yield part


def _packed(packed: zipfile.ZipFile, sink: _Sink, files: Iterable[Entry]) -> Iterator[bytes]:
    for entry in files:
        _add(packed, entry)
        yield sink.take()


def _add(packed: zipfile.ZipFile, entry: Entry) -> None:
    name, pieces = entry
    with packed.open(_info(name), "w") as target:
        for piece in pieces:
            target.write(piece.encode())


def _copy(packed: zipfile.ZipFile, sink: _Sink, name: str, path: Path) -> Iterator[bytes]:
    with path.open("rb") as source, packed.open(_info(name, zipfile.ZIP_STORED), "w") as target:
        while piece := source.read(_PIECE):
            target.write(piece)
            yield sink.take()


def _stored_files(blog: Blog) -> Iterator[tuple[str, Path]]:
    for file in entries.blog_media(blog):
        names = [(file.sha256, file.extension)]
        names += [(variant.sha256, variant.extension) for variant in file.variants.all()]
        for sha256, extension in names:
            path = storage.path_of(sha256, extension)
            # After a restore media follow by and by; what is not here yet cannot go out yet.
            if path.exists():
                yield f"media/{path.name}", path


def _info(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, timezone.now().timetuple()[:6])
    info.compress_type = method
    info.external_attr = 0o644 << 16
    return info


@contextmanager
def _snapshot() -> Iterator[None]:
    # Django's own transactions take the write lock, and authors would wait for it.
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")

"""Makes an upload fit to be kept: known by its content, without what it should not carry, in its widths."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bearblog.domain.media import storage
from bearblog.domain.media.errors import MediaError
from bearblog.engines.pictures import conversion, kinds, svg
from bearblog.engines.pictures.errors import PictureError
from bearblog.engines.pictures.kinds import Kind
from bearblog.engines.pictures.outcome import Made

MAX_BYTES = 10 * 1024 * 1024
_KNOWN = (
    "Pictures (JPEG, PNG, GIF, WebP, AVIF, SVG, BMP, TIFF, ICO), sound, video (MP4, WebM), PDF, EPUB, "
    "office documents, fonts and plain text can be kept here."
)


@dataclass(frozen=True)
class Piece:
    """One file that is ready to be stored."""

    path: Path
    sha256: str
    extension: str
    size: int
    width: int
    height: int


@contextmanager
def prepared(source: Path, name: str, *, keeps_format: bool) -> Iterator[list[Piece]]:
    """What is to be stored of the file, itself first; gone at the end of the block. Raises MediaError."""
    check_size(name, source.stat().st_size)
    kind = kinds.find_kind(source, name)
    if kind is None:
        raise MediaError(f"“{name}” is of no kind that can be kept. {_KNOWN}", "file")
    with TemporaryDirectory(dir=storage.arriving_folder()) as folder:
        try:
            made = _make(source, Path(folder), kind, keeps_format=keeps_format)
        except PictureError as error:
            raise MediaError(f"“{name}”: {error.sentence}", "file") from error
        yield [_piece(Path(folder), one) for one in made]


def check_size(name: str, size: int) -> None:
    """Raises MediaError for a file that is empty or too large."""
    if not size:
        raise MediaError(f"“{name}” is empty.", "file")
    if size > MAX_BYTES:
        raise MediaError(f"“{name}” has {size / 1024 / 1024:.1f} MB; a file can have at most 10 MB.", "file")


def _make(source: Path, folder: Path, kind: Kind, *, keeps_format: bool) -> list[Made]:
    if kind.is_picture:
        lock = storage.arriving_folder() / "conversion.lock"
        return conversion.convert(source, folder, kind.extension, keeps_format=keeps_format, lock=lock)
    target = folder / f"kept.{kind.extension}"
    if kind.extension != "svg":
        storage.copy(source, target)
        return [Made(target.name, kind.extension)]
    content, size = svg.clean(source.read_bytes())
    target.write_bytes(content)
    return [Made(target.name, "svg", *size)]


def _piece(folder: Path, made: Made) -> Piece:
    path = folder / made.name
    storage.settle(path)
    return Piece(path, storage.hash_of(path), made.extension, path.stat().st_size, made.width, made.height)

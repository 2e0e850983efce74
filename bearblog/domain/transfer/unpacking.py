"""Opens a zip file of strangers: nothing in it may be named, sized or packed so that it does harm."""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from bearblog.domain.transfer.errors import TransferError

MOST_ENTRIES = 60_000
MOST_BYTES = 4_000_000_000
# All but the media goes into the database, and from there into every backup.
MOST_TEXT_BYTES = 500_000_000
LARGEST_TEXT = 12_000_000
# Texts of people shrink to a tenth; what shrinks to a thousandth was made to fill a disk.
MOST_SHRUNK = 300
SMALL = 1_000_000
_LARGEST_DIRECTORY = 16_000_000
_BROKEN = "This zip file is damaged, or was not sent whole. Send it once more."


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """The zip file, looked through. Raises TransferError."""
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as packed:
            _check(packed.infolist())
            yield packed
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, UnicodeDecodeError, EOFError) as error:
        raise TransferError(_BROKEN, "file") from error


def read_text(packed: zipfile.ZipFile, name: str) -> str:
    """One file of the archive as text. Raises TransferError."""
    with packed.open(name) as stream:
        content = _read(stream, LARGEST_TEXT, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TransferError(f"{name} is not written in UTF-8.") from error


def extract(packed: zipfile.ZipFile, name: str, target: Path, most: int) -> None:
    """Writes one file of the archive to the disk, under a name of ours. Raises TransferError."""
    with packed.open(name) as stream:
        target.write_bytes(_read(stream, most, name))


def _read(stream: IO[bytes], most: int, name: str) -> bytes:
    # What a file says of its own size is not believed.
    content = stream.read(most + 1)
    if len(content) > most:
        raise TransferError(f"{name} is larger than {most // 1_000_000} MB.", "file")
    return content


def _check(files: list[zipfile.ZipInfo]) -> None:
    if len(files) > MOST_ENTRIES:
        raise TransferError(
            f"This zip file holds {len(files):,} files; at most {MOST_ENTRIES:,} can be read.", "file"
        )
    if sum(file.file_size for file in files) > MOST_BYTES:
        raise TransferError(f"Unpacked this would take more than {MOST_BYTES // 10**9} GB.", "file")
    if sum(file.file_size for file in files if not file.filename.startswith("media/")) > MOST_TEXT_BYTES:
        raise TransferError(
            f"The texts in this zip file take more than {MOST_TEXT_BYTES // 10**6} MB when unpacked.", "file"
        )
    names = set()
    for file in files:
        name = file.orig_filename
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
            raise TransferError(f"This zip file holds a file that leads out of it: “{name[:80]}”.", "file")
        if stat.S_ISLNK(file.external_attr >> 16):
            raise TransferError(f"This zip file holds a link, “{name[:80]}”; only files can be read.", "file")
        if file.flag_bits & 1:
            raise TransferError("This zip file is locked with a password.", "file")
        if name in names:
            raise TransferError(f"This zip file holds “{name[:80]}” twice.", "file")
        if file.file_size > SMALL and file.file_size > MOST_SHRUNK * max(1, file.compress_size):
            raise TransferError(f"“{name[:80]}” would grow beyond all measure when unpacked.", "file")
        names.add(name)


def _check_directory(file: Path) -> None:
    """Looks at how long the list of files is before it is read into memory."""
    with file.open("rb") as stream:
        length = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, length - 66_000))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise TransferError(_BROKEN, "file")
    (size,) = struct.unpack_from("<I", tail, at + 12)
    if size == 0xFFFFFFFF:
        at = tail.rfind(b"PK\x06\x06", 0, at)
        if at < 0 or len(tail) < at + 48:
            raise TransferError(_BROKEN, "file")
        (size,) = struct.unpack_from("<Q", tail, at + 40)
    if size > _LARGEST_DIRECTORY:
        raise TransferError("This zip file holds more files than can be read.", "file")

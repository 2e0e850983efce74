"""Takes out of a picture's file what is not the picture: places, cameras, comments, what follows its end."""

import struct
from collections.abc import Callable, Iterator

from bearblog.engines.pictures.errors import PictureError

_BROKEN = PictureError("This picture is damaged: it ends in the middle, or its parts do not fit together.")

# JFIF, the colour profile, and Adobe's note on how colours are stored.
_JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_JPEG_START_OF_SCAN = 0xDA
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD hIST pHYs acTL fcTL fdAT"
_PNG_KEPT = frozenset(_PNG_CHUNKS.encode().split())
_GIF_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_WEBP_KEPT = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")
_WEBP_METADATA_FLAGS = 0x04 | 0x08


def strip(content: bytes, extension: str) -> bytes | None:
    """The same picture without the rest, bit for bit; None for a format that has to be written anew.

    Raises PictureError for a file that is damaged.
    """
    stripper = _STRIPPERS.get(extension)
    if stripper is None:
        return None
    try:
        return b"".join(stripper(content))
    except (IndexError, struct.error) as error:
        raise _BROKEN from error


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at = 2
    while True:
        if content[at] != 0xFF:
            raise _BROKEN
        while content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if end > len(content) or length < 2:
            raise _BROKEN
        beginning = _JPEG_KEPT.get(marker)
        is_note = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_note or (beginning and content.startswith(beginning, at + 4)):
            yield content[at:end]
        at = end
        if marker == _JPEG_START_OF_SCAN:
            at = _end_of_scan(content, end)
            yield content[end:at]


def _end_of_scan(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise _BROKEN
        following = content[at + 1]
        # A stuffed byte, or a restart marker, belongs to the scan.
        if following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        elif following == 0xFF:
            at += 1
        else:
            return at


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG_SIGNATURE
    at = len(_PNG_SIGNATURE)
    while True:
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise _BROKEN
        if name in _PNG_KEPT:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end


def _gif(content: bytes) -> Iterator[bytes]:
    at = 13 + _size_of_table(content[10])
    yield content[:at]
    while content[at] != 0x3B:
        start = at
        if content[at] == 0x2C:
            at = _end_of_blocks(content, at + 11 + _size_of_table(content[at + 9]))
            yield content[start:at]
        elif content[at] == 0x21:
            label = content[at + 1]
            at = _end_of_blocks(content, at + 2)
            is_loop = label == 0xFF and content[start + 3 : start + 14] in _GIF_APPLICATIONS
            if label == 0xF9 or is_loop:
                yield content[start:at]
        else:
            raise _BROKEN
    yield b"\x3b"


def _size_of_table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += content[at] + 1
    return at + 1


def _webp(content: bytes) -> Iterator[bytes]:
    kept = b"".join(_webp_chunks(content))
    yield b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + kept


def _webp_chunks(content: bytes) -> Iterator[bytes]:
    (total,) = struct.unpack_from("<I", content, 4)
    at, last = 12, min(len(content), total + 8)
    while at + 8 <= last:
        name, length = struct.unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        if at + 8 + length > len(content):
            raise _BROKEN
        if name == b"VP8X":
            yield content[at : at + 8] + bytes([content[at + 8] & ~_WEBP_METADATA_FLAGS])
            yield content[at + 9 : end]
        elif name in _WEBP_KEPT:
            yield content[at:end]
        at = end


_STRIPPERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "jpg": _jpeg,
    "png": _png,
    "gif": _gif,
    "webp": _webp,
}

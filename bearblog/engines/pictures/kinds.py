"""Tells by its first bytes what a file is. What its name and its sender say counts for texts alone."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_HEAD = 4096
_LARGEST_NOTE = 200


@dataclass(frozen=True)
class Kind:
    """A type of file: its ending, what browsers call it, and whether they may show it."""

    extension: str
    content_type: str
    is_shown: bool = True
    is_picture: bool = False


def _picture(extension: str, content_type: str) -> Kind:
    return Kind(extension, f"image/{content_type}", is_picture=True)


def _document(extension: str, content_type: str) -> Kind:
    return Kind(extension, content_type, is_shown=False)


_OPEN = "application/vnd.oasis.opendocument"
_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.extension: kind
    for kind in (
        _picture("jpg", "jpeg"),
        _picture("png", "png"),
        _picture("gif", "gif"),
        _picture("webp", "webp"),
        _picture("avif", "avif"),
        _picture("bmp", "bmp"),
        _picture("tiff", "tiff"),
        _picture("ico", "x-icon"),
        Kind("svg", "image/svg+xml"),
        Kind("mp4", "video/mp4"),
        Kind("webm", "video/webm"),
        Kind("mp3", "audio/mpeg"),
        Kind("m4a", "audio/mp4"),
        Kind("ogg", "audio/ogg"),
        Kind("opus", "audio/ogg"),
        Kind("wav", "audio/wav"),
        Kind("flac", "audio/flac"),
        Kind("woff", "font/woff"),
        Kind("woff2", "font/woff2"),
        Kind("ttf", "font/ttf"),
        Kind("otf", "font/otf"),
        _document("mkv", "video/x-matroska"),
        _document("pdf", "application/pdf"),
        _document("epub", "application/epub+zip"),
        _document("docx", f"{_OFFICE}.wordprocessingml.document"),
        _document("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
        _document("pptx", f"{_OFFICE}.presentationml.presentation"),
        _document("odt", f"{_OPEN}.text"),
        _document("ods", f"{_OPEN}.spreadsheet"),
        _document("odp", f"{_OPEN}.presentation"),
        _document("odg", f"{_OPEN}.graphics"),
        _document("doc", "application/msword"),
        _document("xls", "application/vnd.ms-excel"),
        _document("ppt", "application/vnd.ms-powerpoint"),
        _document("rtf", "application/rtf"),
        _document("ps", "application/postscript"),
        _document("css", "text/css; charset=utf-8"),
        _document("csv", "text/csv; charset=utf-8"),
        _document("md", "text/markdown; charset=utf-8"),
        _document("txt", "text/plain; charset=utf-8"),
    )
}

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (rb"\xff\xd8\xff", "jpg"),
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"GIF8[79]a", "gif"),
    (rb"RIFF....WEBP", "webp"),
    (rb"RIFF....WAVE", "wav"),
    (rb"....ftypavi[fs]", "avif"),
    (rb"....ftypM4[AB] ", "m4a"),
    (rb"....ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V |M4VH|M4VP|dash|mmp4|MSNV|f4v )", "mp4"),
    (rb"BM.{4}\0\0\0\0.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", "bmp"),
    (rb"II\*\0|MM\0\*", "tiff"),
    (rb"\0\0\x01\0[\x01-\xff]\0", "ico"),
    (rb"\x1a\x45\xdf\xa3.{0,60}webm", "webm"),
    (rb"\x1a\x45\xdf\xa3.{0,60}matroska", "mkv"),
    (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2\xfa]", "mp3"),
    (rb"OggS.{24,280}OpusHead", "opus"),
    (rb"OggS\0", "ogg"),
    (rb"fLaC\0", "flac"),
    (rb"%PDF-", "pdf"),
    (rb"wOFF", "woff"),
    (rb"wOF2", "woff2"),
    (rb"\0\x01\0\0\0.{7}", "ttf"),
    (rb"true\0", "ttf"),
    (rb"OTTO\0", "otf"),
    (rb"\{\\rtf", "rtf"),
    (rb"%!PS", "ps"),
)
_BY_SIGNATURE = tuple(
    (re.compile(pattern, re.DOTALL), KINDS[extension]) for pattern, extension in _SIGNATURES
)
# Each part can be read in one way only, and none is read again: a row of comments has no end of readings.
_SVG = re.compile(
    rb"(?:\s++|<\?xml(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->|<!DOCTYPE[^>]*+>)*+<(?:\w+:)?svg[\s>]", re.DOTALL
)
_OLD_OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("doc", "xls", "ppt"))
_NOT_IN_TEXTS = re.compile(rb"[\0-\x08\x0b\x0e-\x1f\x7f]")
_TEXTS = ("css", "csv", "md", "txt")


def find_kind(file: Path, name: str) -> Kind | None:
    """What the file is, or None where it is nothing that can be kept. Of the name only the ending is used."""
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    for pattern, kind in _BY_SIGNATURE:
        if pattern.match(head):
            return kind
    ending = name.lower().rpartition(".")[2]
    if head.startswith(_OLD_OFFICE[0]):
        return KINDS[ending] if ending in _OLD_OFFICE[1] else None
    if head.startswith(b"PK\x03\x04"):
        return _find_packed(file)
    if _SVG.match(head.removeprefix(b"\xef\xbb\xbf")):
        return KINDS["svg"]
    return _find_text(file, ending)


def _find_packed(file: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(file) as packed:
            return _kind_of_package(packed.namelist(), lambda: _note(packed))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return None


def _kind_of_package(names: list[str], read_note: Callable[[], str]) -> Kind | None:
    if "mimetype" in names:
        note = read_note()
        return next(
            (kind for kind in KINDS.values() if kind.content_type == note and not kind.is_shown), None
        )
    if "[Content_Types].xml" in names:
        parts = {"word": "docx", "xl": "xlsx", "ppt": "pptx"}
        found = (parts.get(name.partition("/")[0]) for name in names)
        return next((KINDS[extension] for extension in found if extension), None)
    return None


def _note(packed: zipfile.ZipFile) -> str:
    with packed.open("mimetype") as stream:
        return stream.read(_LARGEST_NOTE).decode("ascii", "replace").strip()


def _find_text(file: Path, ending: str) -> Kind | None:
    content = file.read_bytes()
    if _NOT_IN_TEXTS.search(content):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return KINDS[ending] if ending in _TEXTS else KINDS["txt"]

"""What a file is, told by its content."""

from pathlib import Path

import pytest

from bearblog.engines.pictures.kinds import find_kind
from tests.pictures import package, picture

CONTENT: dict[str, bytes] = {
    "jpg": picture(kind="JPEG"),
    "png": picture(),
    "gif": picture(kind="GIF"),
    "webp": picture(kind="WEBP"),
    "avif": picture(kind="AVIF"),
    "bmp": picture(kind="BMP"),
    "tiff": picture(kind="TIFF"),
    "ico": picture(32, 32, kind="ICO"),
    "svg": b'<?xml version="1.0"?>\n<!-- drawn --><svg xmlns="http://www.w3.org/2000/svg"/>',
    "mp4": b"\0\0\0\x18ftypisom" + bytes(20),
    "m4a": b"\0\0\0\x18ftypM4A " + bytes(20),
    "webm": b"\x1a\x45\xdf\xa3" + bytes(20) + b"webm",
    "mkv": b"\x1a\x45\xdf\xa3" + bytes(20) + b"matroska",
    "mp3": b"ID3\x04" + bytes(20),
    "ogg": b"OggS\0" + bytes(40),
    "opus": b"OggS\0" + bytes(23) + b"OpusHead",
    "wav": b"RIFF\0\0\0\0WAVEfmt ",
    "flac": b"fLaC\0" + bytes(20),
    "pdf": b"%PDF-1.7\n",
    "woff": b"wOFF" + bytes(20),
    "woff2": b"wOF2" + bytes(20),
    "ttf": b"\0\x01\0\0\0" + bytes(20),
    "otf": b"OTTO\0" + bytes(20),
    "rtf": b"{\\rtf1 }",
    "ps": b"%!PS-Adobe",
    "docx": package({"[Content_Types].xml": "", "word/document.xml": ""}),
    "odt": package({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "epub": package({"mimetype": "application/epub+zip"}),
    "txt": "Grüße".encode(),
}


def kind_of(tmp_path: Path, content: bytes, name: str) -> str | None:
    file = tmp_path / "file"
    file.write_bytes(content)
    found = find_kind(file, name)
    return found.extension if found else None


@pytest.mark.parametrize("extension", CONTENT)
def test_the_content_says_what_a_file_is_whatever_its_name(tmp_path: Path, extension: str) -> None:
    assert kind_of(tmp_path, CONTENT[extension], "notext_png") == extension


@pytest.mark.parametrize("name", ["style.css", "table.csv", "notes.md"])
def test_a_text_is_what_its_name_says(tmp_path: Path, name: str) -> None:
    assert kind_of(tmp_path, b"a { color: red }", name) == name.rpartition(".")[2]


def test_a_page_is_kept_as_plain_text(tmp_path: Path) -> None:
    assert kind_of(tmp_path, b"<!doctype html><script>alert(1)</script>", "page.html") == "txt"


@pytest.mark.parametrize("name", ["letter.doc", "table.xls"])
def test_an_old_office_file_needs_its_name(tmp_path: Path, name: str) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20)
    assert kind_of(tmp_path, content, name) == name.rpartition(".")[2]
    assert kind_of(tmp_path, content, "setup.msi") is None


@pytest.mark.parametrize(
    "content",
    [b"\x7fELF", b"MZ\x90\0", package({"any.txt": "zip"}), b"PK\x03\x04broken", b"\0\0", b"\xff\xfe\0text"],
    ids=["a program", "another program", "a zip", "a broken zip", "nothing", "another encoding"],
)
def test_what_is_none_of_these_is_refused(tmp_path: Path, content: bytes) -> None:
    assert kind_of(tmp_path, content, "picture.png") is None


def test_a_row_of_comments_is_read_once(tmp_path: Path) -> None:
    # A pattern that reads it in more than one way tries them all, and twenty comments are a million ways.
    assert kind_of(tmp_path, b"<!---->" * 500, "picture.svg") == "txt"
    assert kind_of(tmp_path, b"<?xml ?><!-- > -->\n<!---->" * 9 + b"<svg:svg>", "picture.txt") == "svg"

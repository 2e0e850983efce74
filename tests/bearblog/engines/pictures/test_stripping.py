"""Notes taken out of pictures without touching the picture."""

import io
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bearblog.engines.pictures.errors import PictureError
from bearblog.engines.pictures.stripping import strip
from tests.pictures import MAKE, animation, picture

SECRET = b"Secret"
FORMATS = [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "gif")]


def with_notes(kind: str) -> bytes:
    notes = Image.Exif()
    notes[MAKE] = "Secret Camera"
    options: dict[str, Any] = {"exif": notes}
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", "Secret")
        text.add_itxt("XML:com.adobe.xmp", "Secret")
        options["pnginfo"] = text
    elif kind in ("JPEG", "WEBP"):
        options["xmp"] = b"<x>Secret</x>"
    if kind in ("GIF", "JPEG"):
        options["comment"] = b"Secret"
    if kind == "GIF":
        del options["exif"]
    return picture(64, 48, kind=kind, **options)


@pytest.mark.parametrize(("kind", "extension"), FORMATS)
def test_notes_go_and_the_picture_stays(kind: str, extension: str) -> None:
    content = with_notes(kind) + b"Secret behind the end"
    stripped = strip(content, extension)
    assert SECRET in content
    assert stripped is not None and SECRET not in stripped
    before, after = (Image.open(io.BytesIO(one)).convert("RGB") for one in (content, stripped))
    assert before.tobytes() == after.tobytes()
    assert strip(stripped, extension) == stripped


@pytest.mark.parametrize(("kind", "extension"), [("GIF", "gif"), ("PNG", "png"), ("WEBP", "webp")])
def test_an_animation_keeps_its_frames_and_its_loop(kind: str, extension: str) -> None:
    stripped = strip(animation(4, kind=kind), extension)
    assert stripped is not None
    image = Image.open(io.BytesIO(stripped))
    assert getattr(image, "n_frames", 1) == 4
    assert image.info["loop"] == 0


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "gif")])
def test_a_file_that_ends_in_the_middle_is_refused(kind: str, extension: str) -> None:
    content = with_notes(kind)
    for length in range(12, len(content) - 12, 7):
        with pytest.raises(PictureError):
            strip(content[:length], extension)


def test_other_formats_have_to_be_written_anew() -> None:
    assert strip(picture(kind="BMP"), "bmp") is None

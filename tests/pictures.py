"""Pictures for the tests, made on the spot."""

import io
import zipfile
from typing import Any

from PIL import Image

ORIENTATION = 0x0112
MAKE = 0x010F


def picture(
    width: int = 40,
    height: int = 20,
    *,
    kind: str = "PNG",
    colour: tuple[int, ...] = (200, 30, 30),
    **options: Any,
) -> bytes:
    """A picture of one colour."""
    mode = "RGBA" if len(colour) == 4 else "RGB"
    stream = io.BytesIO()
    Image.new(mode, (width, height), colour).save(stream, kind, **options)
    return stream.getvalue()


def photograph(width: int = 40, height: int = 20, *, orientation: int = 1, kind: str = "JPEG") -> bytes:
    """A picture with its left half red, that says who took it and how it was held."""
    image = Image.new("RGB", (width, height), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, width // 2, height))
    notes = Image.Exif()
    notes[ORIENTATION] = orientation
    notes[MAKE] = "Secret Camera"
    stream = io.BytesIO()
    image.save(stream, kind, exif=notes, quality=95)
    return stream.getvalue()


def animation(frames: int = 3, *, kind: str = "GIF", size: tuple[int, int] = (30, 20)) -> bytes:
    """A picture that changes its colour."""
    images = [Image.new("RGB", size, (step * 60 % 256, step * 7 % 256, 90)) for step in range(frames)]
    stream = io.BytesIO()
    images[0].save(stream, kind, save_all=True, append_images=images[1:], duration=80, loop=0)
    return stream.getvalue()


def package(names: dict[str, str]) -> bytes:
    """A zip with these texts in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, text in names.items():
            packed.writestr(name, text)
    return stream.getvalue()

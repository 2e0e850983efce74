"""Pictures made fit for the web, by the program that the site runs for it."""

import io
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bearblog.engines.pictures.conversion import convert
from bearblog.engines.pictures.errors import PictureError
from bearblog.engines.pictures.outcome import Made
from bearblog.lib import file_lock
from tests.pictures import animation, photograph, picture


def converted(
    tmp_path: Path, content: bytes, extension: str, **options: object
) -> list[tuple[Made, Image.Image]]:
    source, folder = tmp_path / "source", tmp_path / "made"
    source.write_bytes(content)
    folder.mkdir()
    arguments = {"keeps_format": False, "lock": tmp_path / "lock", **options}
    made = convert(source, folder, extension, **arguments)  # type: ignore[arg-type]
    return [(one, Image.open(io.BytesIO((folder / one.name).read_bytes()))) for one in made]


def test_a_large_picture_comes_in_three_widths(tmp_path: Path) -> None:
    made = converted(tmp_path, picture(2000, 1000), "png")
    assert [image.size for _, image in made] == [(1600, 800), (960, 480), (480, 240)]
    assert {image.format for _, image in made} == {"WEBP"}
    assert [(one.width, one.height) for one, _ in made] == [image.size for _, image in made]


def test_a_small_picture_is_never_made_larger(tmp_path: Path) -> None:
    assert [image.size for _, image in converted(tmp_path, picture(500, 90), "png")] == [(500, 90), (480, 86)]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_and_says_nothing_of_its_camera(tmp_path: Path, orientation: int) -> None:
    ((_, image),) = converted(tmp_path, photograph(orientation=orientation), "jpg")
    assert image.size == ((40, 20) if orientation < 5 else (20, 40))
    assert not image.getexif() and "xmp" not in image.info
    corners = [(2, 2), (37, 2), (37, 17), (2, 17), (2, 2), (2, 2), (2, 37), (2, 37)]
    colour = image.convert("RGB").getpixel(corners[orientation - 1])
    assert isinstance(colour, tuple) and colour[0] > 200


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_picture_may_keep_its_format_and_size_and_loses_its_notes_all_the_same(
    tmp_path: Path, orientation: int
) -> None:
    content = photograph(1000, 500, orientation=orientation)
    made = converted(tmp_path, content, "jpg", keeps_format=True)
    kept, image = made[0]
    assert (kept.extension, image.format) == ("jpg", "JPEG")
    assert image.size == ((1000, 500) if orientation == 1 else (500, 1000))
    assert not image.getexif()
    assert b"Secret" not in (tmp_path / "made" / kept.name).read_bytes()
    assert [one.width for one, _ in made[1:]] == ([960, 480] if orientation == 1 else [480])


@pytest.mark.parametrize(
    ("kind", "extension", "kept"),
    [("PNG", "png", "png"), ("WEBP", "webp", "webp"), ("AVIF", "avif", "avif"), ("BMP", "bmp", "png")]
    + [("TIFF", "tiff", "png"), ("GIF", "gif", "gif"), ("ICO", "ico", "ico")],
)
def test_each_format_is_kept_or_has_a_stand_in(tmp_path: Path, kind: str, extension: str, kept: str) -> None:
    ((made, image),) = converted(tmp_path, picture(32, 32, kind=kind), extension, keeps_format=True)
    assert made.extension == kept
    assert image.format == kept.upper()


@pytest.mark.parametrize(("kind", "extension"), [("GIF", "gif"), ("WEBP", "webp"), ("PNG", "png")])
def test_an_animation_goes_on_moving(tmp_path: Path, kind: str, extension: str) -> None:
    ((_, image),) = converted(tmp_path, animation(5, kind=kind), extension)
    assert (image.format, getattr(image, "n_frames", 1)) == ("WEBP", 5)
    image.seek(1)
    image.load()
    assert image.info["duration"] == 80


def test_a_wide_animation_is_made_smaller(tmp_path: Path) -> None:
    ((_, image),) = converted(tmp_path, animation(2, size=(1200, 30)), "gif")
    assert image.size == (960, 24)


def test_an_animation_may_be_kept_as_it_is(tmp_path: Path) -> None:
    ((made, image),) = converted(tmp_path, animation(4), "gif", keeps_format=True)
    assert (made.extension, getattr(image, "n_frames", 1)) == ("gif", 4)


def test_a_long_animation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="201 frames; it can have at most 200"):
        converted(tmp_path, animation(201, size=(2, 2)), "gif")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    header = b"IHDR" + (20_000).to_bytes(4) * 2 + b"\x08\x02\0\0\0"
    bomb = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + header + zlib.crc32(header).to_bytes(4)
    bomb += picture()[33:]
    with pytest.raises(PictureError, match=r"400.0 megapixels \(20000 by 20000\)"):
        converted(tmp_path, bomb, "png")


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n", picture(300, 300)[:200], b"GIF89a" + b"x" * 50],
    ids=["only its beginning", "half of it", "a wrong rest"],
)
@pytest.mark.parametrize("keeps_format", [True, False])
def test_a_damaged_picture_is_refused(tmp_path: Path, content: bytes, keeps_format: bool) -> None:
    extension = "gif" if content.startswith(b"GIF") else "png"
    with pytest.raises(PictureError, match="cannot be read|damaged"):
        converted(tmp_path, content, extension, keeps_format=keeps_format)


def test_a_picture_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="took too long"):
        converted(tmp_path, picture(), "png", seconds=0.001)


def test_pictures_wait_for_each_other_but_not_for_ever(tmp_path: Path) -> None:
    started = time.monotonic()
    with file_lock.held(tmp_path / "lock"), pytest.raises(PictureError, match="try again in a moment"):
        converted(tmp_path, picture(), "png", wait=0.1)
    assert 0.1 <= time.monotonic() - started < 5


def test_transparency_stays(tmp_path: Path) -> None:
    ((_, image),) = converted(tmp_path, picture(colour=(0, 255, 0, 0)), "png")
    assert image.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]

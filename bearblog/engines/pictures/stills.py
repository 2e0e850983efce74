"""Pictures that stand still: upright, in the colours of the web, in several widths."""

import io
from pathlib import Path

from PIL import Image, ImageCms

from bearblog.engines.pictures.errors import PictureError
from bearblog.engines.pictures.limits import LONGEST_SIDE, WIDTHS
from bearblog.engines.pictures.outcome import Made
from bearblog.engines.pictures.stripping import strip

QUALITY = 82
KEPT_QUALITY = 92
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
# What browsers do not show is kept as PNG.
_KEPT_AS = {"bmp": "png", "tiff": "png"}
_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
_MOST_ICONS = 64


def format_of(extension: str) -> str:
    """What Pillow calls the format."""
    return "JPEG" if extension == "jpg" else extension.upper()


def convert(image: Image.Image, folder: Path, extension: str, *, keeps_format: bool) -> list[Made]:
    """Writes the picture and its smaller variants into the folder; the picture itself comes first."""
    if extension == "ico":
        return [_write_icon(image, folder)]
    size = _upright_size(image)
    widths = [width for width in WIDTHS if width < size[0]]
    if keeps_format:
        kept = [_keep_format(image, folder, extension)]
        return kept + _write_widths(image, folder, size, widths)
    if size[0] <= WIDTHS[-1]:
        widths.append(size[0])
    return _write_widths(image, folder, size, widths)


def fit(size: tuple[int, int], width: int) -> tuple[int, int]:
    """The size of the picture at most so wide, never larger than it is, nor than WebP can hold."""
    scale = min(1.0, width / size[0], LONGEST_SIDE / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _orientation(image: Image.Image) -> int:
    return int(image.getexif().get(_ORIENTATION, 1))


def _upright_size(image: Image.Image) -> tuple[int, int]:
    return (image.height, image.width) if _orientation(image) in _SIDEWAYS else image.size


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else image


def _write_widths(image: Image.Image, folder: Path, size: tuple[int, int], widths: list[int]) -> list[Made]:
    if not widths:
        # Nothing is written, but a file that cannot be decoded is no picture.
        image.load()
        return []
    largest = _scaled(image, fit(size, widths[-1]))
    made = [_write_webp(largest, folder)]
    for width in reversed(widths[:-1]):
        target = fit(size, width)
        if target[0] == width:
            made.append(_write_webp(largest.resize(target, Image.Resampling.LANCZOS), folder))
    return made


def _scaled(image: Image.Image, target: tuple[int, int]) -> Image.Image:
    orientation = _orientation(image)
    lying = target[::-1] if orientation in _SIDEWAYS else target
    # A JPEG can be decoded small, which saves most of the memory.
    image.draft(None, lying)
    profile = image.info.get("icc_profile")
    small = _plain_mode(image)
    if small.size != lying:
        small = small.resize(lying, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _upright(_to_web_colours(small, profile), orientation)


def _plain_mode(image: Image.Image) -> Image.Image:
    image.load()
    if image.mode in ("RGB", "L", "CMYK") and not image.has_transparency_data:
        return image
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    if image.mode == "RGBA":
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _to_web_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    converted = None
    if profile and image.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=wanted)
        except (ImageCms.PyCMSError, OSError):
            # A broken profile says nothing about the picture.
            converted = None
    return converted or image.convert(wanted)


def _write_webp(image: Image.Image, folder: Path) -> Made:
    name = f"{image.width}.webp"
    image.info = {}
    image.save(folder / name, "WEBP", quality=QUALITY, method=4)
    return Made(name, "webp", image.width, image.height)


def _keep_format(image: Image.Image, folder: Path, comes_as: str) -> Made:
    extension = _KEPT_AS.get(comes_as, comes_as)
    source, target = Path(str(getattr(image, "filename", ""))), folder / f"kept.{extension}"
    orientation = _orientation(image)
    if orientation == 1 and (content := strip(source.read_bytes(), comes_as)) is not None:
        target.write_bytes(content)
        return Made(target.name, extension, *image.size)
    with Image.open(source, formats=[format_of(comes_as)]) as opened:
        upright = _upright(opened, orientation)
        if extension == "png" and upright.mode not in _PNG_MODES:
            upright = upright.convert("RGB")
        upright.info = {name: opened.info[name] for name in ("transparency",) if name in opened.info}
        options: dict[str, object] = {"icc_profile": opened.info.get("icc_profile")}
        if extension != "png":
            options["quality"] = KEPT_QUALITY
        upright.save(target, format_of(extension), **options)
        return Made(target.name, extension, *upright.size)


def _write_icon(image: Image.Image, folder: Path) -> Made:
    sizes = sorted(image.info.get("sizes", {image.size}))
    if len(sizes) > _MOST_ICONS:
        raise PictureError(f"This icon holds {len(sizes)} pictures; it can hold at most {_MOST_ICONS}.")
    image.load()
    image.convert("RGBA").save(folder / "kept.ico", "ICO", sizes=sizes)
    return Made("kept.ico", "ico", *image.size)

"""Pictures that move: one smaller animation, or the same one without its notes."""

from pathlib import Path
from typing import Any

from PIL import Image

from bearblog.engines.pictures.limits import ANIMATION_WIDTH
from bearblog.engines.pictures.outcome import Made
from bearblog.engines.pictures.stills import fit
from bearblog.engines.pictures.stripping import strip

EXTENSIONS = ("gif", "png", "webp")
QUALITY = 70
_DEFAULT_MILLISECONDS = 100


class Frames(Image.Image):
    """Frames made small one by one, as they are asked for: all of them at once would fill the memory."""

    def __init__(self, image: Image.Image, size: tuple[int, int]) -> None:
        super().__init__()
        self._source, self._target = image, size
        self.n_frames = int(getattr(image, "n_frames", 1))
        self._mode, self._size = "RGBA", size
        self._place = -1
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Goes to a frame, and makes it small."""
        if frame == self._place:
            return
        self._source.seek(frame)
        scaled = self._source.convert("RGBA")
        if scaled.size != self._target:
            scaled = scaled.resize(self._target, Image.Resampling.LANCZOS, reducing_gap=2.0)
        self.im = scaled.im
        self._place = frame

    def tell(self) -> int:
        """The frame it stands at."""
        return self._place


def convert(image: Image.Image, folder: Path, extension: str, *, keeps_format: bool) -> list[Made]:
    """Writes the animation into the folder, one file."""
    durations = _durations(image)
    if keeps_format:
        content = strip(Path(str(getattr(image, "filename", ""))).read_bytes(), extension)
        (folder / f"kept.{extension}").write_bytes(content or b"")
        return [Made(f"kept.{extension}", extension, *image.size)]
    size = fit(image.size, ANIMATION_WIDTH)
    options: dict[str, Any] = {"duration": durations, "loop": _loops(image)}
    Frames(image, size).save(
        folder / "moving.webp", "WEBP", save_all=True, quality=QUALITY, method=2, **options
    )
    return [Made("moving.webp", "webp", *size)]


def _durations(image: Image.Image) -> list[int]:
    found = []
    for frame in range(int(getattr(image, "n_frames", 1))):
        image.seek(frame)
        image.load()
        # Browsers slow down what claims to be faster than this.
        duration = int(image.info.get("duration", 0) or 0)
        found.append(duration if duration > 10 else _DEFAULT_MILLISECONDS)
    image.seek(0)
    return found


def _loops(image: Image.Image) -> int:
    if image.format == "GIF" and "loop" not in image.info:
        return 1
    # A GIF counts the repetitions, WebP and PNG count the plays.
    count = int(image.info.get("loop", 0))
    return count + 1 if image.format == "GIF" and count else count

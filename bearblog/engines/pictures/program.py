"""Decodes one picture and writes it anew: a program of its own, with little memory and time, so that a
picture made to do harm harms nothing else. Reads its order from the command line, answers in JSON.
"""

import contextlib
import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from bearblog.engines.pictures import animations, stills
from bearblog.engines.pictures.errors import PictureError
from bearblog.engines.pictures.limits import MAX_FRAMES, MAX_PIXELS, MEMORY_BYTES, PROCESSOR_SECONDS
from bearblog.engines.pictures.outcome import Made, Order

_TOO_HARD = "This picture needs more memory than one picture may have. Make it smaller and try again."
_BROKEN = "This picture cannot be read: it is damaged, or not what it says it is."


def main() -> None:
    """Carries out the order and prints what was made, or a refusal."""
    _take_little()
    order = Order(**json.loads(sys.argv[1]))
    try:
        answer: dict[str, object] = {"made": [asdict(made) for made in _convert(order)]}
    except PictureError as error:
        answer = {"refusal": error.sentence}
    except MemoryError:
        answer = {"refusal": _TOO_HARD}
    except (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError) as error:
        # What Pillow raises for files that are not as they should be.
        answer = {"refusal": _TOO_HARD if "memory" in str(error) else _BROKEN}
    sys.stdout.write(json.dumps(answer))


def _take_little() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where memory runs out all the same, this program goes first.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    Image.MAX_IMAGE_PIXELS = None


def _convert(order: Order) -> list[Made]:
    folder = Path(order.folder)
    try:
        image = Image.open(order.source, formats=[stills.format_of(order.extension)])
    except UnidentifiedImageError as error:
        raise PictureError(_BROKEN) from error
    with image:
        _check_size(image.size)
        frames = int(getattr(image, "n_frames", 1))
        if order.extension in animations.EXTENSIONS and frames > 1:
            if frames > MAX_FRAMES:
                raise PictureError(f"This animation has {frames} frames; it can have at most {MAX_FRAMES}.")
            return animations.convert(image, folder, order.extension, keeps_format=order.keeps_format)
        return stills.convert(image, folder, order.extension, keeps_format=order.keeps_format)


def _check_size(size: tuple[int, int]) -> None:
    pixels = size[0] * size[1]
    if pixels > MAX_PIXELS:
        raise PictureError(
            f"This picture has {pixels / 1e6:,.1f} megapixels ({size[0]} by {size[1]}); "
            f"it can have at most {MAX_PIXELS // 1_000_000}."
        )


if __name__ == "__main__":
    main()

"""What shapes the HTML of a text besides the text: these modules, the words they print, their libraries."""

import hashlib
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bearblog.lib import plain_text, slugs

_OWN = Path(__file__).parent
_SHARED = (plain_text, slugs)
_WORDS = _OWN.parents[1] / "locale"
_LIBRARIES = ("django", "latex2mathml", "markdown-it-py", "mdit-py-plugins", "mdurl", "nh3", "pygments")


def _ingredients() -> Iterator[bytes]:
    yield sys.version.encode()
    for library in _LIBRARIES:
        yield version(library).encode()
    shared = (Path(str(module.__file__)) for module in _SHARED)
    for file in (*sorted(_OWN.glob("*.py")), *shared, *sorted(_WORDS.glob("*/LC_MESSAGES/*.mo"))):
        yield f"{file.parent.parent.name}/{file.name}".encode()
        yield file.read_bytes()


def _recipe() -> str:
    digest = hashlib.sha256()
    for ingredient in _ingredients():
        digest.update(hashlib.sha256(ingredient).digest())
    return digest.hexdigest()


# Another release that renders differently has another recipe, and never meets what this one has kept.
RECIPE = _recipe()

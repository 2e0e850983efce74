"""Static files of the releases before: a page that a browser still holds finds its style sheet."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

# As whitenoise writes them beside a file.
_ENDINGS = ("", ".gz", ".br")
_MANIFEST = "staticfiles.json"


def inherit(release: Path, earlier: Iterable[Path]) -> int:
    """How many files came into the release's folder: the own ones of the earlier releases, by hard links."""
    target = release / "static"
    files = [(folder / "static", name) for folder in earlier for name in _own_files(folder / "static")]
    return sum(_link(source / name, target / name) for source, name in files)


def _own_files(folder: Path) -> list[str]:
    # What a release has inherited itself does not stand in its manifest, or nothing would ever be let go.
    try:
        paths = json.loads((folder / _MANIFEST).read_text())["paths"].values()
    except FileNotFoundError:
        return []
    return [path + ending for path in paths for ending in _ENDINGS if (folder / (path + ending)).exists()]


def _link(source: Path, target: Path) -> bool:
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, target)
    return True

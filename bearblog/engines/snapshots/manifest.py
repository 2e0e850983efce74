"""The page that lies in each set: what it was made from, and the SHA-256 of all that belongs to it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bearblog.engines.snapshots.errors import SnapshotError

NAME = "manifest.json"


@dataclass(frozen=True)
class FileMark:
    """What tells one content from every other."""

    sha256: str
    bytes: int

    def __str__(self) -> str:
        return f"{self.bytes} bytes, SHA-256 {self.sha256[:12]}"


@dataclass(frozen=True)
class Manifest:
    """A set as it was sealed."""

    stamp: str
    release: str
    sqlite: str
    prefix: str
    database: FileMark
    rows: dict[str, int]
    files: dict[str, FileMark]


def mark(file: Path) -> FileMark:
    """The size and SHA-256 of a file; raises SnapshotError when it cannot be read."""
    try:
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        return FileMark(digest, file.stat().st_size)
    except OSError as error:
        raise SnapshotError(f"{file} cannot be read: {error.strerror}.") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest into its set."""
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a set; raises SnapshotError when there is none or it makes no sense."""
    file = folder / NAME
    try:
        return parse_manifest(file.read_bytes())
    except OSError as error:
        raise SnapshotError(f"{folder} is no backup set: {file} cannot be read.") from error
    except SnapshotError as error:
        raise SnapshotError(f"{file} is damaged: {error}.") from error


def parse_manifest(content: bytes) -> Manifest:
    """The manifest that these bytes are; raises SnapshotError when they make no sense."""
    try:
        page: dict[str, Any] = json.loads(content)
        page["database"] = FileMark(**page["database"])
        page["files"] = {Path(name).name: FileMark(**found) for name, found in page["files"].items()}
        return Manifest(**page)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SnapshotError(str(error)) from error


def check_files(folder: Path) -> int:
    """The number of files that are as they were sealed; raises SnapshotError naming the first that is not."""
    sealed = read_manifest(folder).files
    for name, expected in sealed.items():
        found = mark(folder / name)
        if found != expected:
            raise SnapshotError(f"{folder / name} is damaged: it has {found}, sealed were {expected}.")
    return len(sealed)

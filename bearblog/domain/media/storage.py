"""Where the bytes lie: media/<first two letters>/<SHA-256>.<ending>, written whole or not at all."""

import hashlib
import os
import re
import shutil
from pathlib import Path

from django.conf import settings

from bearblog.engines.replication.files import sync_folder

_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{2,5}")
_PIECE = 1024 * 1024


def path_of(sha256: str, extension: str) -> Path:
    """Where the file with these bytes lies, or would lie."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / f"{sha256}.{extension}"


def arriving_folder() -> Path:
    """Where files are made ready, on the disk on which they will stay; the bucket has no copy of it."""
    folder = Path(settings.DATA_DIR) / "arriving"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def is_name(name: str) -> bool:
    """Whether this can be the name of a stored file."""
    return _NAME.fullmatch(name) is not None


def hash_of(file: Path) -> str:
    """The SHA-256 of the file's bytes."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def settle(file: Path) -> None:
    """Makes the file readable by Caddy, another user, and waits until the disk has it."""
    with file.open("rb") as stream:
        os.fchmod(stream.fileno(), 0o644)
        os.fsync(stream.fileno())


def place(file: Path, sha256: str, extension: str) -> None:
    """Moves a settled file to where it stays; one that lies there already is the same."""
    target = path_of(sha256, extension)
    if target.exists():
        return
    if not target.parent.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.parent.chmod(0o755)
        sync_folder(target.parent.parent)
    file.replace(target)
    sync_folder(target.parent)


def remove(sha256: str, extension: str) -> None:
    """Takes the file off this disk; the bucket keeps it as long as a snapshot names it."""
    path_of(sha256, extension).unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """Copies the bytes, and nothing else of the file."""
    shutil.copyfile(source, target)

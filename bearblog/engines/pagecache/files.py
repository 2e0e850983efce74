"""Files and links that are whole or not there at all, and that another user may read."""

import contextlib
import os
import secrets
from pathlib import Path

_FILE_MODE = 0o644
_FOLDER_MODE = 0o755


def write(file: Path, content: bytes) -> None:
    """Puts the content in the file's place. Raises OSError."""
    half_made = _beside(file)
    descriptor = _open(half_made)
    try:
        # By hand: a page has six files, and an object around each would cost as much as its writing.
        try:
            # The service's umask lets nobody else in; Caddy is somebody else.
            os.fchmod(descriptor, _FILE_MODE)
            _write_all(descriptor, content)
        finally:
            os.close(descriptor)
        half_made.replace(file)
    except OSError:
        half_made.unlink(missing_ok=True)
        raise


def link(file: Path, source: Path) -> None:
    """Makes the file another name of the source. Raises OSError."""
    half_made = _beside(file)
    make_folder(file.parent)
    half_made.hardlink_to(source)
    try:
        half_made.replace(file)
    finally:
        # Where both were one file already, the rename leaves the half-made name (rename(2)).
        half_made.unlink(missing_ok=True)


def point(name: Path, target: str) -> None:
    """Lets the symbolic link lead to the target, from one moment to the next. Raises OSError."""
    make_folder(name.parent)
    half_made = _beside(name)
    half_made.symlink_to(target)
    try:
        half_made.replace(name)
    except OSError:
        half_made.unlink(missing_ok=True)
        raise


def target(name: Path) -> str | None:
    """Where the symbolic link leads; None where there is none."""
    try:
        return str(name.readlink())
    except OSError:
        return None


def make_folder(folder: Path) -> None:
    """Makes the folder and those above it, for others to enter from the first moment on. Raises OSError."""
    if folder.is_dir():
        return
    half_made = _beside(folder)
    try:
        half_made.mkdir()
    except FileNotFoundError:
        make_folder(folder.parent)
        half_made.mkdir()
    # The service's umask lets nobody else in, and whoever is killed here must leave no such folder.
    half_made.chmod(_FOLDER_MODE)
    try:
        half_made.rename(folder)
    except OSError:
        with contextlib.suppress(FileNotFoundError):
            half_made.rmdir()
        # Somebody else was quicker, and has put something into theirs.
        if not folder.is_dir():
            raise


def _open(half_made: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(half_made, flags, _FILE_MODE)
    except FileNotFoundError:
        make_folder(half_made.parent)
        return os.open(half_made, flags, _FILE_MODE)


def _write_all(descriptor: int, content: bytes) -> None:
    # A disk that fills up takes a part first, and refuses the rest.
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _beside(file: Path) -> Path:
    # Begins with a dot: no stored path does where Caddy looks, and a sweep knows it for what it is.
    return file.with_name(f".{secrets.token_hex(8)}~")

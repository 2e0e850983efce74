"""The day's salt: a file in a folder that no backup holds, thrown away with the day."""

import os
import secrets
from datetime import date
from pathlib import Path

from django.conf import settings

from bearblog.domain.analytics.errors import AnalyticsError

_LENGTH = 32


def salt_of(day: date) -> bytes:
    """The salt of this day, made where there is none yet. Raises AnalyticsError where it cannot be kept."""
    file = _file(day)
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return _make(file)
    except OSError as error:
        raise AnalyticsError(f"The day's salt cannot be read: {error.strerror}.") from error


def forget_all_but(*days: date) -> int:
    """Throws away the salts of other days; returns how many. Raises AnalyticsError."""
    kept = {_file(day).name for day in days}
    old = [file for file in _folder().glob("salt-*") if file.name not in kept]
    try:
        for file in old:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise AnalyticsError(f"An old salt cannot be thrown away: {error.strerror}.") from error
    return len(old)


def _make(file: Path) -> bytes:
    half_made = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(half_made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(secrets.token_bytes(_LENGTH))
        _link(half_made, file)
        return file.read_bytes()
    except OSError as error:
        raise AnalyticsError(f"The day's salt cannot be kept: {error.strerror}.") from error


def _link(half_made: Path, file: Path) -> None:
    # A link fails where another process was first; both then read the one that stands.
    try:
        file.hardlink_to(half_made)
    except FileExistsError:
        return
    finally:
        half_made.unlink()


def _file(day: date) -> Path:
    return _folder() / f"salt-{day:%Y-%m-%d}"


def _folder() -> Path:
    return Path(settings.RUNTIME_DIR)

"""Where a file waits, out of everybody's reach, between being sent and being brought in."""

import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings

from bearblog.domain.blogs.models import Blog
from bearblog.domain.transfer.errors import TransferError
from bearblog.lib import file_lock

MOST_BYTES = 2_000_000_000
SECONDS_KEPT = 24 * 3600
# What the box needs for itself, beside the file and what is unpacked from it.
_BYTES_LEFT_FREE = 1_000_000_000
_TOKEN = re.compile(r"[\w-]{20,60}")


def folder() -> Path:
    """The folder, which nobody but this service can enter."""
    place = Path(settings.CACHE_DIR) / "transfer"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def new_place(blog: Blog) -> tuple[str, Path]:
    """A token, and where the file goes that it stands for; what waited for this blog before is dropped."""
    forget(blog)
    token = secrets.token_urlsafe(24)
    return token, folder() / f"{blog.pk}.{token}"


def find(blog: Blog, token: str) -> Path | None:
    """The file that waits for this blog under the token, or None."""
    place = folder() / f"{blog.pk}.{token}"
    return place if _TOKEN.fullmatch(token) and place.is_file() else None


def forget(blog: Blog) -> None:
    """Drops whatever waits for this blog."""
    for file in folder().glob(f"{blog.pk}.*"):
        file.unlink(missing_ok=True)


def sweep() -> int:
    """Drops what has waited for a day; returns how many files."""
    before = time.time() - SECONDS_KEPT
    old = [file for file in folder().glob("[0-9]*.*") if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def check_room(size: int) -> None:
    """Raises TransferError where the disk has no room for a file of this size and what is in it."""
    if size > MOST_BYTES:
        raise TransferError(
            f"This file is larger than {MOST_BYTES // 10**9} GB, the most that can be sent.", "file"
        )
    free = shutil.disk_usage(folder()).free
    if free < 2 * size + _BYTES_LEFT_FREE:
        raise TransferError("The disk of this site has no room for a file of this size.", "file")


@contextmanager
def turn(what: str, most: int, *, wait: float = 0) -> Iterator[None]:
    """Holds one of so many places for such work on the whole box, waiting so many seconds for each.

    Raises TransferError when none is free.
    """
    with ExitStack() as stack:
        for number in range(most):
            try:
                stack.enter_context(file_lock.held(folder() / f"{what}-{number}.lock", wait=wait))
            except file_lock.Busy:
                continue
            break
        else:
            raise TransferError(
                "Another blog is being brought in or out just now. Try again in some minutes."
            )
        yield


@contextmanager
def turn_of(blog: Blog, what: str) -> Iterator[None]:
    """Holds the one place for such work on this blog. Raises TransferError when it is taken."""
    with ExitStack() as stack:
        try:
            stack.enter_context(file_lock.held(folder() / f"{what}-of-{blog.pk}.lock"))
        except file_lock.Busy as error:
            raise TransferError(
                "This blog is being brought in or out already. Wait until that is done."
            ) from error
        yield

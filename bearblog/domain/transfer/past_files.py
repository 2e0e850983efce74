"""Where an opened past lies for as long as somebody looks at it: a file beside the living database."""

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from django.conf import settings

from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.other_database import OtherDatabase, opened
from bearblog.lib import file_lock

# By which the file of a command is told from the file of the page, which outlives its process.
_OF_COMMAND = "command-"
_OF_PAGE = "page-"


def folder() -> Path:
    """The folder, which nobody but this service can enter."""
    place = Path(settings.CACHE_DIR) / "past"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


@contextmanager
def turn() -> Iterator[None]:
    """Holds the one place for opening a past on this box. Raises TransferError when it is taken."""
    with ExitStack() as stack:
        try:
            stack.enter_context(file_lock.held(folder() / "past.lock"))
        except file_lock.Busy as error:
            raise TransferError(
                "Another moment is being opened just now. Try again in some minutes."
            ) from error
        _remove_all(f"{_OF_COMMAND}*")
        yield


@contextmanager
def passing_file() -> Iterator[Path]:
    """A name for a file that is gone after the block; what a killed command left goes by the next `turn`."""
    file = folder() / f"{_OF_COMMAND}{secrets.token_hex(4)}.sqlite3"
    try:
        yield file
    finally:
        remove(file)


def opened_past(file: Path) -> AbstractContextManager[OtherDatabase]:
    """The database in the file, which is only read. Raises TransferError."""
    return opened(file, "The database of that moment", is_alone=True, advice="Choose a later moment.")


def file_of_page(number: int) -> Path:
    """Where the past lies that staff look at under this number."""
    return folder() / f"{_OF_PAGE}{number}.sqlite3"


def remove(file: Path) -> None:
    """Removes the file, and what Litestream left beside it."""
    _remove_all(f"{file.name}*")


def remove_opened() -> None:
    """Removes the files of all pages."""
    _remove_all(f"{_OF_PAGE}*")


def _remove_all(pattern: str) -> None:
    for left in folder().glob(pattern):
        left.unlink(missing_ok=True)

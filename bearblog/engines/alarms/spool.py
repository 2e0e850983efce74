"""Errors on their way from a process without network to the one that tells of them: lines in a file."""

from pathlib import Path

import msgspec

from bearblog.lib import file_lock

FILE_NAME = "errors.jsonl"
# A storm of errors fills no disk; what comes after is in the journal.
MOST_BYTES = 1_000_000
_WAIT = 1.0


class Spotted(msgspec.Struct):
    """One error: where it arose, and that place in words without anything that somebody typed."""

    place: str
    sentence: str
    moment: float


def append(folder: Path, spotted: Spotted) -> None:
    """Adds one error. Raises OSError, and file_lock.Busy."""
    with file_lock.held(folder / ".errors.lock", wait=_WAIT), (folder / FILE_NAME).open("ab") as stream:
        if stream.tell() < MOST_BYTES:
            stream.write(msgspec.json.encode(spotted) + b"\n")


def take(folder: Path) -> list[Spotted]:
    """All errors since the last time; they are gone from the file then. Raises OSError, file_lock.Busy."""
    file = folder / FILE_NAME
    if not file.exists():
        return []
    with file_lock.held(folder / ".errors.lock", wait=_WAIT):
        lines = file.read_bytes().splitlines()
        file.unlink()
    return [spotted for line in lines if (spotted := _decoded(line))]


def _decoded(line: bytes) -> Spotted | None:
    try:
        return msgspec.json.decode(line, type=Spotted)
    except msgspec.DecodeError:
        # Half a line, from a full disk.
        return None

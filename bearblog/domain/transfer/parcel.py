"""A file that somebody wants to bring in: our own archive, or Bear's CSV or Markdown files."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from bearblog.domain.transfer import unpacking, zip_parcel
from bearblog.domain.transfer.records import MediaRecord, PostRecord, RevisionRecord, SubscriberLine
from bearblog.domain.transfer.table_parcel import TableParcel


class Parcel(Protocol):
    """What can be taken out of such a file. Posts that cannot be kept come as the sentence that says why."""

    @property
    def kind(self) -> str: ...
    def posts(self, zone: tzinfo) -> Iterator[PostRecord | str]: ...
    def blog_values(self) -> dict[str, object]: ...
    def revisions(self) -> Iterator[RevisionRecord]: ...
    def media(self) -> list[MediaRecord]: ...
    def subscribers(self) -> list[SubscriberLine]: ...
    def extract(self, name: str, target: Path, most: int) -> bool: ...


@contextmanager
def opened(file: Path) -> Iterator[Parcel]:
    """What is in the file. Raises TransferError for what cannot be read at all."""
    with file.open("rb") as stream:
        beginning = stream.read(4)
    if beginning.startswith(b"PK"):
        with unpacking.opened(file) as packed:
            yield zip_parcel.look_into(packed)
    else:
        yield TableParcel(file)

"""What was chosen of the past, in the form in which things are brought in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from bearblog.domain.media import storage
from bearblog.domain.media.addresses import hashes_in
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.other_database import OtherDatabase
from bearblog.domain.transfer.records import (
    BlogRecord,
    MediaRecord,
    PostRecord,
    RevisionRecord,
    SubscriberLine,
)

# Whether a stored file of this name was had from elsewhere, and is the file at the path now.
FetchMedia = Callable[[str, Path], bool]


@dataclass(frozen=True)
class PastParcel:
    """Posts that are gone, and the files that go with what was chosen."""

    past: OtherDatabase
    blog: BlogRecord
    records: tuple[PostRecord, ...]
    # The texts whose files are wanted; None for all files that the blog had.
    texts: tuple[str, ...] | None
    fetch: FetchMedia
    kind: str = "the past"

    def posts(self, zone: tzinfo) -> Iterator[PostRecord | str]:
        """Each post and page."""
        return iter(self.records)

    def blog_values(self) -> dict[str, object]:
        """Nothing: parts of the blog are chosen one by one."""
        return {}

    def revisions(self) -> Iterator[RevisionRecord]:
        """What was saved of these posts; of the whole blog where all its files are wanted."""
        keys = None if self.texts is None else {record.key for record in self.records}
        return self.past.revisions(self.blog, keys)

    def media(self) -> list[MediaRecord]:
        """The files that are named in the texts, or all."""
        files = self.past.media(self.blog)
        if self.texts is None:
            return files
        named = {sha256 for text in self.texts for sha256 in hashes_in(text)}
        return [file for file in files if named & {one.sha256 for one in (file.stored, *file.variants)}]

    def subscribers(self) -> list[SubscriberLine]:
        """Who asked for the blog's letters."""
        return self.past.subscribers(self.blog)

    def extract(self, name: str, target: Path, most: int) -> bool:
        """Puts a copy of the file there, from this disk or from elsewhere. Raises TransferError."""
        here = storage.path_of(*name.removeprefix("media/").split("."))
        if here.exists():
            storage.copy(here, target)
        elif not self.fetch(here.name, target):
            raise TransferError(f"its bytes ({here.name}) are neither on this disk nor in the bucket.")
        return True

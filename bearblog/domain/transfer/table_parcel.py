"""Bear's CSV file that somebody wants to bring in."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from bearblog.domain.posts.errors import PostError
from bearblog.domain.transfer import bear_table
from bearblog.domain.transfer.reading_posts import record_of
from bearblog.domain.transfer.records import MediaRecord, PostRecord, RevisionRecord, SubscriberLine


@dataclass(frozen=True)
class TableParcel:
    """A table of posts, and nothing else."""

    file: Path
    kind: str = "Bear's CSV file"

    def posts(self, zone: tzinfo) -> Iterator[PostRecord | str]:
        """Each post and page."""
        with self.file.open("rb") as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
            for line, values in bear_table.read(text):
                content = values.pop("content", "")
                try:
                    where = f"line {line}"
                    identifier = str(values.get("slug") or values.get("title") or where)
                    yield record_of(values, str(content), source=where, identifier=identifier, zone=zone)
                except PostError as error:
                    yield f"Line {line}: {error.sentence}"

    def blog_values(self) -> dict[str, object]:
        """Nothing: the table holds posts only."""
        return {}

    def revisions(self) -> Iterator[RevisionRecord]:
        """Nothing."""
        return iter(())

    def media(self) -> list[MediaRecord]:
        """Nothing."""
        return []

    def subscribers(self) -> list[SubscriberLine]:
        """Nothing."""
        return []

    def extract(self, name: str, target: Path, most: int) -> bool:
        """False: there are no files in a table."""
        return False

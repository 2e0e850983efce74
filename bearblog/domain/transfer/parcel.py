"""A file that somebody wants to bring in: our own archive, or Bear's CSV or Markdown files."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Protocol

from bearblog.domain.posts.errors import PostError
from bearblog.domain.transfer import bear_table, blog_fields, front_matter, subscriber_table, unpacking
from bearblog.domain.transfer.entries import VERSION
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.media_index import read_index
from bearblog.domain.transfer.reading_posts import record_of
from bearblog.domain.transfer.records import MediaRecord, PostRecord, RevisionRecord, SubscriberLine

_SUBJECT = re.compile(r"post:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|home|nav|styles|footer|template")
_MOST_IN_REVISION = 2_200_000


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
            yield _of_zip(packed)
    else:
        yield _Table(file)


def _of_zip(packed: zipfile.ZipFile) -> "_Zip":
    names = packed.namelist()
    if "manifest.json" not in names:
        if not any(name.lower().endswith(".md") for name in names):
            raise TransferError(
                "There is no post in this zip file: no manifest.json, and no Markdown file.", "file"
            )
        return _Zip(packed, is_ours=False)
    manifest = _object(packed, "manifest.json")
    if manifest.get("format") != "bearblog" or manifest.get("version") != VERSION:
        raise TransferError("This archive is of another kind, or of a newer version than this site.", "file")
    return _Zip(packed, is_ours=True)


@dataclass(frozen=True)
class _Zip:
    packed: zipfile.ZipFile
    is_ours: bool

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return "an archive of a blog" if self.is_ours else "Markdown files"

    def posts(self, zone: tzinfo) -> Iterator[PostRecord | str]:
        """Each post and page."""
        for name in self.packed.namelist():
            is_text = name.lower().endswith(".md") and not name.startswith("__MACOSX/")
            if not is_text or (self.is_ours and not name.startswith(("posts/", "pages/"))):
                continue
            try:
                content = unpacking.read_text(self.packed, name)
                found = front_matter.read(content, is_ours=self.is_ours)
                values = {"slug": Path(name).stem, "title": Path(name).stem, **found.values}
                yield record_of(values, found.text, source=name, identifier=name, zone=zone)
            except (TransferError, PostError) as error:
                yield f"{name}: {error.sentence}"

    def blog_values(self) -> dict[str, object]:
        """The texts and settings of the blog itself, by their names."""
        if not self.is_ours:
            return {}
        settings = _object(self.packed, "blog.json").get("settings")
        names = set(self.packed.namelist())
        texts = {
            field: unpacking.read_text(self.packed, name)
            for name, field in blog_fields.TEXTS.items()
            if name in names
        }
        return {**(settings if isinstance(settings, dict) else {}), **texts}

    def revisions(self) -> Iterator[RevisionRecord]:
        """What was written before, oldest first; lines that cannot be read are left out."""
        if not self._has("revisions.jsonl"):
            return
        with self.packed.open("revisions.jsonl") as stream:
            while line := stream.readline(_MOST_IN_REVISION * 6):
                if record := _revision(line):
                    yield record

    def media(self) -> list[MediaRecord]:
        """The files that the index names."""
        return read_index(unpacking.read_text(self.packed, "media.json")) if self._has("media.json") else []

    def subscribers(self) -> list[SubscriberLine]:
        """Who asked for the blog's letters."""
        if not self._has("subscribers.csv"):
            return []
        return subscriber_table.read(unpacking.read_text(self.packed, "subscribers.csv"))

    def extract(self, name: str, target: Path, most: int) -> bool:
        """Writes one file of the archive to the disk; whether it was there."""
        if name not in self.packed.NameToInfo:
            return False
        unpacking.extract(self.packed, name, target, most)
        return True

    def _has(self, name: str) -> bool:
        return self.is_ours and name in self.packed.NameToInfo


@dataclass(frozen=True)
class _Table:
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


def _object(packed: zipfile.ZipFile, name: str) -> dict[str, object]:
    try:
        found = json.loads(unpacking.read_text(packed, name))
    except KeyError:
        return {}
    except (ValueError, RecursionError) as error:
        raise TransferError(f"{name} cannot be read.", "file") from error
    return found if isinstance(found, dict) else {}


def _revision(line: bytes) -> RevisionRecord | None:
    try:
        found = json.loads(line)
        record = RevisionRecord(
            str(found["subject"]),
            str(found["header"]),
            str(found["text"]),
            datetime.fromisoformat(found["saved_at"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    is_sound = _SUBJECT.fullmatch(record.subject) and record.saved_at.tzinfo
    return record if is_sound and len(record.header) + len(record.text) <= _MOST_IN_REVISION else None

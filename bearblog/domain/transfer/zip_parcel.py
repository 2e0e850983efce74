"""A zip file that somebody wants to bring in: our own archive, or Markdown files."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from bearblog.domain.posts.errors import PostError
from bearblog.domain.transfer import blog_fields, front_matter, revision_lines, subscriber_table, unpacking
from bearblog.domain.transfer.entries import VERSION
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.media_index import read_index
from bearblog.domain.transfer.reading_posts import record_of
from bearblog.domain.transfer.records import MediaRecord, PostRecord, RevisionRecord, SubscriberLine


def look_into(packed: zipfile.ZipFile) -> "ZipParcel":
    """What is in the zip file. Raises TransferError for what is no blog and no Markdown."""
    names = packed.namelist()
    if "manifest.json" not in names:
        if not any(name.lower().endswith(".md") for name in names):
            raise TransferError(
                "There is no post in this zip file: no manifest.json, and no Markdown file.", "file"
            )
        return ZipParcel(packed, is_ours=False)
    manifest = _object(packed, "manifest.json")
    if manifest.get("format") != "bearblog" or manifest.get("version") != VERSION:
        raise TransferError("This archive is of another kind, or of a newer version than this site.", "file")
    return ZipParcel(packed, is_ours=True)


@dataclass(frozen=True)
class ZipParcel:
    """A zip file, ours where it holds a whole blog."""

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
            yield from revision_lines.read(stream)

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


def _object(packed: zipfile.ZipFile, name: str) -> dict[str, object]:
    try:
        found = json.loads(unpacking.read_text(packed, name))
    except KeyError:
        return {}
    except (ValueError, RecursionError) as error:
        raise TransferError(f"{name} cannot be read.", "file") from error
    return found if isinstance(found, dict) else {}

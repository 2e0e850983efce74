"""Unpacks the media files of an archive, and keeps those that are what they say they are."""

from pathlib import Path

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.adopting import Adoptable, Part, why_not
from bearblog.domain.media.preparing import MAX_BYTES
from bearblog.domain.media.space import check_space
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.parcel import Parcel
from bearblog.domain.transfer.planning import Report
from bearblog.domain.transfer.records import MediaRecord, StoredRecord

# A picture that was written anew may have grown a little beyond what may be sent.
_LARGEST = MAX_BYTES * 4


def unpack(blog: Blog | None, parcel: Parcel, folder: Path, report: Report) -> list[Adoptable]:
    """The files that the blog has not yet, unpacked into the folder; for a blog to come (None), all.

    Raises MediaError for lack of room.
    """
    known: set[str] = set(blog.media_files.values_list("sha256", flat=True)) if blog else set()
    found = []
    for record in parcel.media():
        if record.stored.sha256 in known:
            continue
        adoptable = _unpack_one(parcel, record, folder, report)
        if adoptable is not None:
            found.append(adoptable)
            known.add(record.stored.sha256)
    if blog:
        check_space(blog, sum(part.size for one in found for part in one.parts))
    return found


def _unpack_one(parcel: Parcel, record: MediaRecord, folder: Path, report: Report) -> Adoptable | None:
    parts = []
    for stored in (record.stored, *record.variants):
        path = folder / f"{stored.sha256}.{stored.extension}"
        problem = _fetch(parcel, stored, path)
        if problem:
            report.say(f"{record.name}: {problem}")
            if stored is record.stored:
                return None
            continue
        parts.append(
            Part(path, stored.sha256, stored.extension, path.stat().st_size, stored.width, stored.height)
        )
    return Adoptable(record.name, record.alternative_text, record.uploaded_at, tuple(parts))


def _fetch(parcel: Parcel, stored: StoredRecord, path: Path) -> str:
    if path.exists():
        return ""
    try:
        is_there = parcel.extract(f"media/{path.name}", path, _LARGEST)
    except TransferError as error:
        return error.sentence
    if not is_there:
        return "it is named in the list of media, and is not in the archive."
    return why_not(path, stored.sha256, stored.extension)

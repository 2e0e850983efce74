"""The index of an archive's media files."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.records import MediaRecord, StoredRecord

_HASH = re.compile("[0-9a-f]{64}")
_EXTENSION = re.compile("[a-z0-9]{2,5}")
_LARGEST_SIDE = 100_000


def read_index(text: str) -> list[MediaRecord]:
    """The files that the index names. Raises TransferError."""
    try:
        return [_record(item) for item in json.loads(text)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TransferError("media.json, the list of the media files, cannot be read.", "file") from error


def write_index(records: Iterable[MediaRecord]) -> str:
    """The index of these files; what is read from it again is the same."""
    return json.dumps([_about(record) for record in records], ensure_ascii=False, indent=1)


def _about(record: MediaRecord) -> dict[str, object]:
    return asdict(record.stored) | {
        "name": record.name,
        "alternative_text": record.alternative_text,
        "uploaded_at": record.uploaded_at.isoformat(),
        "variants": [asdict(variant) for variant in record.variants],
    }


def _record(item: dict[str, object]) -> MediaRecord:
    uploaded_at = datetime.fromisoformat(str(item["uploaded_at"]))
    if not uploaded_at.tzinfo:
        raise ValueError("A moment without a zone.")
    variants = item.get("variants", [])
    if not isinstance(variants, list):
        raise TypeError("No list of variants.")
    return MediaRecord(
        stored=_stored(item),
        name=str(item["name"])[:255],
        alternative_text=str(item["alternative_text"])[:1000],
        uploaded_at=uploaded_at,
        variants=tuple(_stored(variant) for variant in variants),
    )


def _stored(item: dict[str, object]) -> StoredRecord:
    sha256, extension = str(item["sha256"]), str(item["extension"])
    width, height = item["width"], item["height"]
    if not (_HASH.fullmatch(sha256) and _EXTENSION.fullmatch(extension)):
        raise ValueError("No name of a file.")
    if not (isinstance(width, int) and isinstance(height, int)):
        raise TypeError("No size.")
    if not (0 <= width <= _LARGEST_SIDE and 0 <= height <= _LARGEST_SIDE):
        raise ValueError("No size of a picture.")
    return StoredRecord(sha256, extension, width, height)

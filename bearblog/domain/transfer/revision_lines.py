"""The file of an archive in which each line is a text as it was saved once."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from bearblog.domain.transfer.records import RevisionRecord

_SUBJECT = re.compile(r"post:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|home|nav|styles|footer|template")
_MOST_IN_REVISION = 2_200_000


def read(stream: IO[bytes]) -> Iterator[RevisionRecord]:
    """Each save; lines that cannot be read are left out."""
    while line := stream.readline(_MOST_IN_REVISION * 6):
        if record := _revision(line):
            yield record


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

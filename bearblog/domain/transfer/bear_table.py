"""Bear's CSV file of posts: its sixteen columns, written so that no spreadsheet program calculates a cell."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from bearblog.domain.transfer.errors import TransferError
from bearblog.lib.spreadsheets import harmless, original

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "uid",
    "title",
    "slug",
    "alias",
    "published date",
    "all tags",
    "publish",
    "make discoverable",
    "is page",
    "content",
    "canonical url",
    "meta description",
    "meta image",
    "lang",
    "class name",
    "first published at",
)
_LARGEST_CELL = 10_000_000


def rows_as_text(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The file piece by piece, the byte-order mark and the names of the columns first."""
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    for row in rows:
        yield _line(harmless(cell) for cell in row)


def read(stream: TextIO) -> Iterator[tuple[int, dict[str, str | list[str]]]]:
    """Each row by the names of its columns, with the line it ends at. Raises TransferError."""
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.DictReader(stream, restkey="", restval="")
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        if not {"title", "content"} <= set(names):
            raise TransferError("This CSV file has no columns “title” and “content”, so it holds no posts.")
        reader.fieldnames = names
        for row in reader:
            yield reader.line_num, {name: _cell(name, value) for name, value in row.items() if name}
    except csv.Error as error:
        raise TransferError(f"Line {reader.line_num}: this is no CSV file ({error}).") from error
    except UnicodeDecodeError as error:
        raise TransferError("This CSV file is not written in UTF-8.") from error


def _cell(name: str, value: str) -> str | list[str]:
    value = original(value)
    if name != "all tags":
        return value
    try:
        tags = json.loads(value or "[]")
    except ValueError:
        return value.split(",")
    return [str(tag) for tag in tags] if isinstance(tags, list) else []


def _line(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue()

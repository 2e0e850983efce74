"""Markdown files with lines above the text: ours as strict YAML, Bear's as they come."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bearblog.domain.transfer.errors import TransferError

Value = str | bool | list[str]

_FENCE = "---"
# YAML takes these for line ends, or not at all, even between quotation marks.
_TROUBLESOME = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


@dataclass(frozen=True)
class MarkdownFile:
    """What stands above a text, by key, and the text."""

    values: Mapping[str, str | list[str]]
    text: str


def write(values: Mapping[str, Value], text: str) -> str:
    """The file; what is read from it again is the same."""
    lines = [f"{key}: {_written(value)}" for key, value in values.items()]
    return "\n".join([_FENCE, *lines, _FENCE, "", text])


def read(content: str, *, is_ours: bool) -> MarkdownFile:
    """What the file says. Bear's values are taken as they stand, ours lose their quotation marks.

    Raises TransferError where the lines above the text have no end.
    """
    lines = content.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != _FENCE:
        return MarkdownFile({}, "\n".join(lines))
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise TransferError("The lines above the text begin with --- and have no second --- to end them.")
    values = {}
    for line in lines[1:end]:
        key, _, value = line.partition(":")
        if key.strip():
            values[key.strip().lower()] = _read_value(value.strip()) if is_ours else value.strip()
    body = lines[end + 1 :]
    text = "\n".join(body[1:] if body and not body[0].strip() else body)
    return MarkdownFile(values, text if is_ours else text.lstrip("\n"))


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    written = json.dumps(value, ensure_ascii=False)
    return _TROUBLESOME.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def _read_value(value: str) -> str | list[str]:
    if not value.startswith(('"', "[")):
        return value
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return [str(one) for one in found] if isinstance(found, list) else str(found)

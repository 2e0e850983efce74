"""What is known of one text while it is converted; each rendering has its own, so that nothing is shared."""

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from bearblog.engines.rendering.directives import Placeholders


@dataclass
class Sheet:
    """The working notes of one rendering."""

    placeholders: Placeholders
    stops: re.Pattern[str]
    may_link: bool
    abbreviations: dict[str, str] = field(default_factory=dict)
    heading_ids: dict[str, int] = field(default_factory=dict)
    tangled: set[str] = field(default_factory=set)
    unclosed_formula_until: int = -1
    tables_of_contents: int = 0
    seconds_for_colours: float = 1.0
    # What repetition may add: a long address named ten thousand times would make a page of gigabytes.
    spare_for_links: int = 300_000
    spare_for_abbreviations: int = 300_000


def sheet_of(environment: MutableMapping[str, Any]) -> Sheet:
    """The sheet that a rule's environment carries."""
    sheet = environment["sheet"]
    assert isinstance(sheet, Sheet)  # noqa: S101  (put there by the machine, never by a text)
    return sheet

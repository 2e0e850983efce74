"""What this process says, as the journal gets it."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bearblog.lib.journal import JsonFormatter

JournalLine = dict[str, Any]


class _Journal(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[JournalLine] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(JsonFormatter(has_priority=False).format(record)))


@contextmanager
def journal_lines(logger: str) -> Iterator[list[JournalLine]]:
    """The lines of this logger and of those below it, while the block runs."""
    journal = _Journal()
    logging.getLogger(logger).addHandler(journal)
    try:
        yield journal.lines
    finally:
        logging.getLogger(logger).removeHandler(journal)

"""Lines of the log: one JSON object each where systemd's journal listens, plain ones for people."""

import json
import logging
import os
import re
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from bearblog.lib import request_id

FORMS = ("auto", "json", "plain")

# The journal cuts what is longer than 48 KiB into several entries (LineMax= in journald.conf(5)).
_MOST_BYTES = 40_000
_PRIORITIES = ((logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "time",
    "level",
    "logger",
    "request_id",
}
# What an address says behind its path, and paths whose last part is a key; the access log has the same rule.
_QUERY = re.compile(r"(/[^\s?]*)\?\S+")
_KEY = re.compile(r"(/(?:key|invitation|confirm-email|draft|confirm|unsubscribe)/)[^\s/]+\S*")


class JsonFormatter(logging.Formatter):
    """Makes one line of a record, whatever stands in it. `has_priority` puts the journal's "<3>" before it.

    Of what a caller adds only whole numbers are taken: anything else could be a request, with its cookies.
    """

    def __init__(self, *, has_priority: bool) -> None:
        super().__init__()
        self._has_priority = has_priority

    def format(self, record: logging.LogRecord) -> str:
        """The line, in ASCII and shorter than the journal's longest."""
        fields: dict[str, Any] = {
            "time": _time(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _without_secrets(_message(record)),
        }
        if name := request_id.current():
            fields["request_id"] = name
        if record.exc_info and record.exc_info[0]:
            fields["exception"] = _without_secrets(self.formatException(record.exc_info))
        if record.stack_info:
            fields["stack"] = _without_secrets(record.stack_info)
        line = _fitting(fields | _numbers(record))
        return f"<{_priority(record.levelno)}>{line}" if self._has_priority else line


def configuration(form: str) -> dict[str, Any]:
    """What logging.config.dictConfig takes for one of the FORMS: all goes to standard error, from INFO on."""
    listens = journal_listens(sys.stderr)
    is_json = form == "json" or (form == "auto" and listens)
    formatters = {
        "json": {"()": JsonFormatter, "has_priority": listens},
        "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
    }
    handler = {"class": "logging.StreamHandler", "formatter": "json" if is_json else "plain"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "handlers": {"journal": handler},
        "root": {"handlers": ["journal"], "level": "INFO"},
    }


def journal_listens(stream: TextIO) -> bool:
    """Whether the stream leads to systemd's journal (JOURNAL_STREAM in systemd.exec(5))."""
    # systemd names the journal's socket in the environment; it is no setting of ours.
    named = os.environ.get("JOURNAL_STREAM", "")
    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return named == f"{found.st_dev}:{found.st_ino}"


def complain(logger: str, sentence: str) -> None:
    """Says to standard error why a program ends: a line for the journal, the bare sentence to people."""
    if journal_listens(sys.stderr):
        record = logging.LogRecord(logger, logging.ERROR, "", 0, sentence, (), None)
        sentence = JsonFormatter(has_priority=True).format(record)
    sys.stderr.write(f"{sentence}\n")


def log_what_nobody_catches() -> None:
    """Where the journal listens, what ends a program or a thread is one line of it, and a warning is one."""
    if not journal_listens(sys.stderr):
        return
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # Written here: settings that cannot be read have set up no logging.
    record = logging.LogRecord(
        "bearblog", logging.CRITICAL, "", 0, "Ended by an error: %s", (error,), (kind, error, trace)
    )
    sys.stderr.write(f"{JsonFormatter(has_priority=True).format(record)}\n")


def _log_uncaught_in_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        _log_uncaught(ended.exc_type, ended.exc_value, ended.exc_traceback)


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _priority(level: int) -> int:
    return next((priority for least, priority in _PRIORITIES if level >= least), 7)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as error:  # noqa: BLE001 - a line with a mistake in it is better than none
        return f"{record.msg} (its values could not be put in: {type(error).__name__})"


def _numbers(record: logging.LogRecord) -> dict[str, int]:
    return {
        name: value for name, value in vars(record).items() if name not in _OWN and isinstance(value, int)
    }


def _without_secrets(text: str) -> str:
    # Halves of a pair, which no UTF-8 can hold, become the letters of their escape.
    text = text.encode(errors="backslashreplace").decode()
    return _KEY.sub(r"\1", _QUERY.sub(r"\1", text))


def _fitting(fields: dict[str, Any]) -> str:
    most = _MOST_BYTES // 2
    while len(line := json.dumps(fields)) > _MOST_BYTES:
        fields = {name: _shortened(value, most) for name, value in fields.items()}
        most //= 2
    return line


def _shortened(value: object, most: int) -> object:
    if not isinstance(value, str) or len(value) <= most:
        return value
    return f"{value[: most // 2]} [...] {value[-most // 2 :]}"

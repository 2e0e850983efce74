"""A logging handler that notes errors for whoever tells of them; the words in them stay in the log."""

import logging
import re
from pathlib import Path
from types import TracebackType

from bearblog.engines.alarms import spool
from bearblog.engines.alarms.spool import Spotted
from bearblog.lib.file_lock import Busy


class SpoolHandler(logging.Handler):
    """Spools each record. It never fails its caller: what cannot be noted is in the log all the same."""

    def __init__(self, folder: Path, package: str) -> None:
        super().__init__(logging.ERROR)
        self._folder = folder
        self._package = package

    def emit(self, record: logging.LogRecord) -> None:
        try:
            spool.append(self._folder, spotted(record, self._package))
        except (OSError, Busy):
            return


def spotted(record: logging.LogRecord, package: str) -> Spotted:
    """The error of a record: its kind and the last line of this package, or the template of its words."""
    where = f"{record.name} ({Path(record.pathname).name}:{record.lineno})"
    what = _own_words(record, package)
    if record.exc_info and record.exc_info[0] is not None:
        what = record.exc_info[0].__name__
        where = _own_line(record.exc_info[2], package) or where
    return Spotted(
        place=f"{record.name} {what} {where}", sentence=f"{what} at {where}", moment=record.created
    )


def _own_words(record: logging.LogRecord, package: str) -> str:
    """The words of the source, without what was filled in; only ours are known to be harmless."""
    if record.name.partition(".")[0] == package:
        return re.sub(r"%[a-z]", "…", str(record.msg))
    status = getattr(record, "status_code", None)
    return f"An answer with the status {status}" if isinstance(status, int) else "An error"


def _own_line(traceback: TracebackType | None, package: str) -> str:
    found = ""
    while traceback is not None:
        module = str(traceback.tb_frame.f_globals.get("__name__", ""))
        if module.partition(".")[0] == package:
            found = f"{module}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return found

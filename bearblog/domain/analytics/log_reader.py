"""Reads what the web server's log has grown by: each line once, whatever is killed or rotated meanwhile."""

import logging
from collections.abc import Collection, Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction

from bearblog.domain.analytics.errors import AnalyticsError
from bearblog.domain.analytics.models import LogPlace
from bearblog.domain.analytics.services import Memory, count_lines
from bearblog.engines.access_log.files import Identity, LogFile, opened
from bearblog.lib import file_lock

logger = logging.getLogger(__name__)

LINES_A_BATCH = 10_000
# More than a minute of a busy box.
_READ_BACK = 32 * 1024 * 1024
_MACHINE_ID = Path("/etc/machine-id")


class LogReader:
    """Counts the readers that a log tells of, from where the last reader of it stopped."""

    def __init__(self, log: Path, machine_id: Path = _MACHINE_ID) -> None:
        self._log = log
        self._machine_id = machine_id
        self._memory: Memory | None = None

    def read(self) -> int:
        """Counts all that is new in the log; returns how many lines. None where another process reads it.

        Raises AnalyticsError.
        """
        # Given back at the end only: after an error it would know of lines that were not counted.
        memory, self._memory = self._memory, None
        try:
            with file_lock.held(Path(settings.RUNTIME_DIR) / "log.lock"), opened(self._log) as files:
                places = _Places(self._machine_id.read_text(encoding="ascii").strip())
                memory = memory or _recollect(files, places)
                total = sum(_count_file(file, places, memory) for file in files)
                places.forget_all_but(files)
        except file_lock.Busy:
            return 0
        except OSError as error:
            raise AnalyticsError(f"The log of readers cannot be read: {error}.") from error
        self._memory = memory
        return total


class _Places:
    """How far each file of this machine is counted."""

    def __init__(self, machine: str) -> None:
        self._machine = machine
        # As a writer, who takes in what a killed process has counted; readers may not know of it yet.
        with transaction.atomic():
            self._stored = list(LogPlace.objects.all())
        self._known = {
            Identity(place.inode, place.head): place for place in self._stored if place.machine == machine
        }
        self.pages = max((place.pages for place in self._stored), default=0)

    def of(self, file: LogFile) -> LogPlace:
        """The file's place, of which a file that is new has one at its beginning."""
        inode, head = file.identity.inode, file.identity.head
        return self._known.get(file.identity) or LogPlace(machine=self._machine, inode=inode, head=head)

    def forget_all_but(self, files: Collection[LogFile]) -> None:
        """Lets go of the places of files that are gone. Where there is no file at all, something is amiss."""
        gone = {place.pk for place in self._stored} - {self.of(file).pk for file in files}
        if files and gone:
            LogPlace.objects.filter(pk__in=gone).delete()


def _count_file(file: LogFile, places: _Places, memory: Memory) -> int:
    place = places.of(file)
    total = 0
    if place.offset > file.size:
        # A power cut took lines that were counted already.
        place.offset = file.size
        place.save(update_fields=["offset"])
    while (batch := file.read(place.offset, LINES_A_BATCH)).end > place.offset:
        if batch.unreadable:
            logger.warning("%d lines of %s cannot be read.", batch.unreadable, file.path)
        place.offset, place.pages = batch.end, places.pages
        count_lines(lines=batch.lines, place=place, memory=memory)
        places.pages = place.pages
        total += len(batch.lines)
    return total


def _recollect(files: Sequence[LogFile], places: _Places) -> Memory:
    """What the lines of the last minute tell, which were counted before this process."""
    memory = Memory()
    offsets = [min(places.of(file).offset, file.size) for file in files]
    unfinished = [index for index, file in enumerate(files) if offsets[index] < file.size]
    last = unfinished[0] if unfinished else len(files) - 1
    # The minute can have begun in the file before.
    for index in range(max(0, last - 1), last + 1):
        memory.referrers.note_all(files[index].last_lines(offsets[index], _READ_BACK))
    return memory

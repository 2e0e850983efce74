"""What the worker does for the finished pages. A replaced box does it too: it still serves."""

import logging
import time

from django.conf import settings

from bearblog.domain.blogs import stored_pages
from bearblog.engines.pagecache import counts, trimming
from bearblog.engines.pagecache.counts import Totals
from bearblog.ops.canary import Canary
from bearblog.ops.clock import Duty
from bearblog.ops.page_links import Healing, Schedule
from bearblog.ops.page_renewal import Renewal
from bearblog.ops.web_process import NoAnswer

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN_TRIMS = 600.0
# The limit is looked at again once so much of it may have been written.
_SHARE = 0.1
# The page, its compressed forms, their tags, and the last good copy.
_FILES_A_PAGE = 7


def link_duties() -> list[Duty]:
    """What decides which pages readers see; each ends at once."""
    return [
        Duty("Setting links to stored pages right", 1, Healing().heal, expected=(OSError,)),
        Duty("Showing posts whose moment has come", 1, Schedule().publish_due),
        Duty("Showing the main site's newest pages", 1, stored_pages.settle_main),
    ]


def upkeep_duties() -> list[Duty]:
    """What keeps the pages right, few and small; it may take as long as a page or the disk does."""
    keeping = [
        Duty("Sweeping pages that nobody reads any more", 10, sweep, expected=(OSError,)),
        Duty("Trimming stored pages", 10, Trimming().trim, expected=(OSError,)),
    ]
    if not settings.WEB_SOCKET:
        return keeping
    return [
        Duty("Making pages again", 1, Renewal().renew, expected=(NoAnswer, OSError)),
        Duty("Comparing a stored page", 1, Canary().look, expected=(OSError,)),
        *keeping,
    ]


def sweep() -> None:
    """Removes the versions and releases that were left. Raises OSError."""
    trimming.sweep(stored_pages.pages(), time.time())


class Trimming:
    """Keeps the pages within their limits, without weighing them all each time."""

    def __init__(self) -> None:
        self._at: float | None = None
        self._totals = Totals()

    def trim(self) -> None:
        """Drops what was not read for longest, where it is time to look at the limits. Raises OSError."""
        pages, now = stored_pages.pages(), time.monotonic()
        totals = counts.totals(pages)
        if not self._is_due(totals, now):
            return
        dropped = trimming.trim(
            pages, most_bytes=settings.PAGES_MOST_BYTES, most_files=settings.PAGES_MOST_FILES
        )
        self._at, self._totals = now, totals
        if dropped:
            logger.info("%d stored pages were dropped to make room.", dropped)

    def _is_due(self, totals: Totals, now: float) -> bool:
        if self._at is None or now - self._at >= _SECONDS_BETWEEN_TRIMS:
            return True
        written = totals.written - self._totals.written
        files = (totals.stored - self._totals.stored) * _FILES_A_PAGE
        # Less than before: the folder was deleted, and the counts with it.
        is_much = written > settings.PAGES_MOST_BYTES * _SHARE or files > settings.PAGES_MOST_FILES * _SHARE
        return is_much or written < 0

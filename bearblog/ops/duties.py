"""What the worker does by the clock."""

import functools
import logging
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from bearblog.domain.analytics import services as analytics
from bearblog.domain.analytics.errors import AnalyticsError
from bearblog.domain.analytics.log_reader import LogReader
from bearblog.domain.blogs.writing import purge_autosaves
from bearblog.domain.media.collecting import collect
from bearblog.domain.newsletter import services as newsletter
from bearblog.domain.posts import search
from bearblog.domain.posts.deleted import purge_deleted
from bearblog.domain.transfer import kept
from bearblog.engines.outbox import services as outbox
from bearblog.engines.rendering import kept as rendered
from bearblog.engines.replication import claiming, installation, superseded
from bearblog.engines.replication.claiming import Check, Standing
from bearblog.engines.replication.errors import ReplicationError, Unreachable
from bearblog.engines.replication.media import MediaMirror
from bearblog.ops import box, domains, past_openings, vitals
from bearblog.ops.clock import Duty

logger = logging.getLogger(__name__)


def clock_duties() -> list[Duty]:
    """The short duties: each ends within seconds."""
    return [
        standing_duty(),
        Duty("Forgetting silent subscribers", 3600, newsletter.forget_unconfirmed),
        Duty("Forgetting old deleted and unsaved texts", 24 * 3600, forget_old_texts),
        Duty("Letting go of old rendered texts", 3600, rendered.sweep, expected=(DatabaseError,)),
        Duty("Noting disk and lag of the hour", 300, vitals.note, expected=(DatabaseError,)),
    ]


def reader_duties() -> list[Duty]:
    """Counting readers from the log, which takes minutes where the worker stood still for long."""
    log = LogReader(Path(settings.ACCESS_LOG)) if settings.ACCESS_LOG else None
    counting = functools.partial(count_readers, log)
    forgetting = functools.partial(forget_readers, log)
    return [
        Duty("Counting readers", 5, counting, expected=(AnalyticsError,)),
        Duty("Forgetting yesterday's readers", 60, forgetting, expected=(AnalyticsError,)),
    ]


def letter_duties() -> list[Duty]:
    """Sending letters, which takes as long as the provider and the queue are."""
    return [Duty("Sending letters", 30, deliver_letters)]


def standing_duty() -> Duty:
    """Asking the bucket whether this box is still the one that writes."""
    return Duty("Asking the bucket who writes", 15, check_current, expected=(ReplicationError,))


def media_duties(mirror: MediaMirror | None) -> list[Duty]:
    """Letting go of media, and copying them to the bucket, which may take minutes."""
    letting_go = [
        Duty("Letting go of media that no blog names", 6 * 3600, collect),
        Duty("Letting go of files that waited to be brought in", 3600, kept.sweep),
    ]
    if mirror is None:
        return letting_go
    copying = Duty("Copying media to the bucket", 30, mirror.mirror, expected=(ReplicationError,))
    return [copying, *letting_go]


def domain_duties() -> list[Duty]:
    """Looking at custom domains, which takes as long as strangers' name servers do."""
    return [Duty("Looking at custom domains", 15, domains.check_domains)]


def past_duties() -> list[Duty]:
    """Opening the past for staff, which takes as long as a restore does."""
    return [Duty("Opening the past", 1, past_openings.serve)]


def forget_old_texts() -> None:
    """Lets go of what nobody came back for in a month, and of what the search still had of it."""
    purge_autosaves()
    purge_deleted()
    search.sweep()


def count_readers(log: LogReader | None) -> None:
    """Counts the readers of whom the log tells since the last time; a replaced box counts none.

    Raises AnalyticsError.
    """
    if log is not None and not superseded.is_superseded(box.superseded_file()):
        log.read()


def forget_readers(log: LogReader | None) -> None:
    """Forgets the readers of days that are over, once those in the log are counted. Raises AnalyticsError."""
    today = timezone.now().date()
    try:
        count_readers(log)
    finally:
        # Whatever ails the log, nobody is remembered for longer.
        analytics.forget_all_but(today)


def check_current() -> None:
    """Asks whether the bucket still names this box, and notes the answer. Raises ReplicationError."""
    own = installation.read(box.installation_file())
    if own is None:
        return
    seen = claiming.check(box.bucket(), own)
    match seen.standing:
        case Standing.NAMED:
            _note_named()
            claiming.confirm(box.installation_file(), own)
        case Standing.SUPERSEDED:
            note_superseded(seen)
        case Standing.ABSENT if superseded.is_superseded(box.superseded_file()):
            raise ReplicationError(
                "The object `current` is gone from the bucket; this box had been replaced and claims nothing."
            )
        case Standing.ABSENT:
            claiming.claim_late(box.bucket(), box.installation_file(), own, site=box.site())
            logger.info("The bucket answers now; this box claimed %s.", own.prefix)
        case Standing.UNREACHABLE:
            raise Unreachable(seen.reason)


def deliver_letters() -> None:
    """Sends the letters that are due. A replaced box sends none: its successor has the same ones queued."""
    if not superseded.is_superseded(box.superseded_file()):
        outbox.deliver_queued(settings.LETTER_BACKEND)


def _note_named() -> None:
    if superseded.is_superseded(box.superseded_file()):
        superseded.clear(box.superseded_file())
        logger.info("The bucket names this box again; the studio takes writing.")


def note_superseded(seen: Check) -> None:
    """Notes that another box has taken over; from then on the studio here is read-only."""
    if seen.current is None:
        return
    known = superseded.read(box.superseded_file())
    if known is None or known.prefix != seen.current.living.prefix:
        superseded.mark(box.superseded_file(), seen.current)
        logger.error(
            "Another box took over (%s); the studio here is read-only now.", seen.current.living.prefix
        )

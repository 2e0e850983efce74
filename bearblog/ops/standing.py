"""What the worker answers when the web service asks whether the bucket still names this box."""

import logging
from pathlib import Path

from django.conf import settings

from bearblog.engines.replication import installation, standing
from bearblog.engines.replication.claiming import Standing
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.media import MediaMirror
from bearblog.engines.replication.quick_look import QuickLook
from bearblog.engines.replication.shared_sync import Answer
from bearblog.engines.replication.standing import StandingServer
from bearblog.ops import box, duties

logger = logging.getLogger(__name__)


class StandingAnswers:
    """Brings all media to the bucket, then looks who is named, once for all who ask meanwhile."""

    def __init__(self, mirror: MediaMirror) -> None:
        self._mirror = mirror
        self._quick_look = QuickLook(mirror.bucket)

    def start(self) -> None:
        """Answers from now on. Where it cannot, saves stay pending, and all else goes on."""
        try:
            StandingServer(Path(settings.STANDING_SOCKET), self._answer).start()
        except OSError as error:
            logger.error(
                "No socket at %s (%s): no save can be called safe. Run the playbook again.",
                settings.STANDING_SOCKET,
                error.strerror,
            )

    def _answer(self) -> Answer:
        try:
            return self._look()
        except (ReplicationError, OSError) as error:
            return standing.refusal(503, str(error))
        except Exception as error:
            # Nobody would be answered any more if the thread ended.
            logger.exception("Looking who is named failed")
            return standing.refusal(500, str(error))

    def _look(self) -> Answer:
        own = installation.read(box.installation_file())
        if own is None:
            return standing.refusal(503, "This box has no prefix yet: claim_replica has not run.")
        self._mirror.mirror()
        seen = self._quick_look.check(own)
        if seen.standing is Standing.NAMED:
            return standing.named()
        if seen.standing is Standing.SUPERSEDED:
            duties.note_superseded(seen)
            return standing.refusal(409, "Another box has taken over.")
        return standing.refusal(503, seen.reason or "The object `current` is gone from the bucket.")

"""Writes a canary each minute, and measures how long a commit takes to the bucket when nobody hurries it."""

import time

from django.conf import settings
from django.db import DatabaseError

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.media.models import MediaFile
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.posts.models import Post
from bearblog.engines.alarms import ping
from bearblog.engines.alarms.errors import NotSent
from bearblog.engines.replication import canary, installation, shipping, superseded
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.shipping import Shipment
from bearblog.ops import box
from bearblog.ops.clock import Duty

TABLES = tuple(model._meta.db_table for model in (User, Blog, Membership, Post, MediaFile, Subscriber))
SECONDS_BETWEEN = 60.0
# What is measured is exact to this, or to a tenth of itself.
_RESOLUTION = 0.25
_SHARE = 0.1
_LONGEST_PAUSE = 10.0


def canary_duties() -> list[Duty]:
    """Writing canaries; none where nothing is replicated. It waits long, on a clock of its own."""
    if not settings.REPLICA_URL:
        return []
    canaries = Canaries()
    expected = (ReplicationError, DatabaseError)
    writing = Duty("Writing a canary", 1, canaries.write_and_watch, expected=expected)
    if not settings.PING_CANARY:
        return [writing]
    return [writing, Duty("Telling that a canary came", 1, canaries.tell, expected=(NotSent,))]


class Canaries:
    """The canary that is on its way, and what the last one took."""

    def __init__(self) -> None:
        self._next = 0.0
        self._shipment: Shipment | None = None
        self._lag: float | None = None
        self._is_news = False

    def write_and_watch(self) -> None:
        """Writes a canary where its minute has come, and looks out for one until the next is due.

        A replaced box writes none. Raises ReplicationError, DatabaseError.
        """
        if superseded.is_superseded(box.superseded_file()):
            return
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + SECONDS_BETWEEN
            self._write()
        while self._shipment and time.monotonic() < self._next:
            self._look(self._shipment)

    def tell(self) -> None:
        """Tells the dead-man's switch of a canary that was seen in the replica. Raises NotSent."""
        if self._is_news:
            self._is_news = False
            ping.send(settings.PING_CANARY, ping.Signal.DONE)

    def _write(self) -> None:
        canary.write(tables=TABLES, lag=self._shipment.seconds if self._shipment else self._lag)
        own = installation.read(box.installation_file())
        # One that is still on its way is watched on, so that a standstill is measured whole.
        if own is not None and self._shipment is None:
            self._shipment = Shipment(box.bucket(), own.prefix, shipping.position(box.database()))

    def _look(self, shipment: Shipment) -> None:
        time.sleep(min(max(_RESOLUTION, shipment.seconds * _SHARE), _LONGEST_PAUSE))
        found = shipment.look()
        if found is not None:
            self._lag, self._shipment, self._is_news = found, None, True

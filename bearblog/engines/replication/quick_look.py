"""A look at `current` within one round trip: a presigned address, asked over a connection that is kept."""

import http.client
import ssl
import time
from urllib.parse import urlsplit

from bearblog.engines.replication import claiming, current
from bearblog.engines.replication.bucket import Bucket
from bearblog.engines.replication.claiming import Check, Standing
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.installation import Installation

_LINK_SECONDS = 1800
_RENEW_SECONDS = 900.0
# How long a bucket that gives no address is not asked for one again.
_REST_SECONDS = 60.0
_SECONDS = 5.0
_LARGEST = 1_000_000
_STALE = (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError)


class QuickLook:
    """Asks who writes, for one caller at a time. To start rclone would take longer than an author waits."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._link = ""
        self._made_at = 0.0
        self._rests_until = 0.0
        self._connection: http.client.HTTPConnection | None = None

    def check(self, own: Installation) -> Check:
        """Whether `current` names this box. Raises ReplicationError for a damaged one or a refused key."""
        link = self._address()
        if not link:
            return claiming.check(self._bucket, own)
        try:
            status, content = self._get(link)
        except ssl.SSLError:
            # A certificate that rclone may know how to judge.
            return self._look_slowly(own)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return Check(Standing.UNREACHABLE, reason=f"The bucket cannot be reached ({error}).")
        if status != 200:
            return self._look_slowly(own)
        return claiming.judge(current.parse(content), own)

    def _address(self) -> str:
        now = time.monotonic()
        if self._link and now < self._made_at + _RENEW_SECONDS:
            return self._link
        if now < self._rests_until:
            return ""
        try:
            self._link, self._made_at = self._bucket.link(current.OBJECT, seconds=_LINK_SECONDS), now
        except ReplicationError:
            self._link, self._rests_until = "", now + _REST_SECONDS
        return self._link

    def _look_slowly(self, own: Installation) -> Check:
        # Expired, moved, or not there: rclone tells which.
        self.close()
        self._link = ""
        return claiming.check(self._bucket, own)

    def _get(self, link: str) -> tuple[int, bytes]:
        if self._connection is not None:
            try:
                return self._ask(self._connection, link)
            except _STALE:
                self.close()
        self._connection = _connect(link)
        return self._ask(self._connection, link)

    def _ask(self, connection: http.client.HTTPConnection, link: str) -> tuple[int, bytes]:
        parts = urlsplit(link)
        connection.request("GET", f"{parts.path}?{parts.query}", headers={"Cache-Control": "no-cache"})
        response = connection.getresponse()
        return response.status, response.read(_LARGEST)

    def close(self) -> None:
        """Lets go of the connection; the next look makes one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _connect(link: str) -> http.client.HTTPConnection:
    parts = urlsplit(link)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=_SECONDS, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=_SECONDS)

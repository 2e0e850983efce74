"""From where readers came, remembered for a minute: a page's own request says it, its beacon does not."""

import functools
from collections import OrderedDict
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from bearblog.engines.access_log.line import Line
from bearblog.lib import hostnames

_SECONDS = 60
# More than come in a minute; whatever is sent, memory stays bounded.
_MOST = 20_000
# The host stands at the beginning, and has 253 at most.
_MOST_CHARACTERS = 300


class Referrers:
    """From which other host each reader of the last minute came to each page."""

    def __init__(self) -> None:
        # The oldest in front.
        self._known: OrderedDict[int, tuple[float, str]] = OrderedDict()

    def note(self, line: Line) -> None:
        """Remembers where the reader of this page came from."""
        sent = line.referrer
        host = _host_in(sent[:_MOST_CHARACTERS]) if sent and line.is_answered else ""
        if not host or host == hostnames.strip_port(line.request.host):
            return
        look = _look(line, line.request.path)
        self._known[look] = (line.ts, host)
        self._known.move_to_end(look)
        self._forget(line.ts - _SECONDS)

    def note_all(self, lines: Iterable[Line]) -> None:
        """Remembers where the readers of these pages came from."""
        for line in lines:
            self.note(line)

    def find(self, beacon: Line, path: str) -> str:
        """The host from which the beacon's reader came to the page at this path, or an empty text."""
        seen, host = self._known.get(_look(beacon, path), (0.0, ""))
        return host if beacon.ts - seen <= _SECONDS else ""

    def _forget(self, before: float) -> None:
        while self._known:
            oldest, _ = next(iter(self._known.values()))
            if oldest >= before and len(self._known) <= _MOST:
                return
            self._known.popitem(last=False)


def _look(line: Line, path: str) -> int:
    asked = line.request
    # Of these texts, which may be long, only the hash is kept.
    return hash((asked.host, asked.client_ip, line.user_agent, unquote(path)))


@functools.lru_cache(maxsize=4096)
def _host_in(referrer: str) -> str:
    try:
        host = (urlsplit(referrer.strip()).hostname or "").lower()
    except ValueError:
        return ""
    return host if hostnames.is_hostname(host) else ""

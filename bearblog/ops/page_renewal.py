"""Has pages made once more in their place that changed a little, such as their number of likes."""

import time

from bearblog.domain.blogs import stored_pages
from bearblog.engines.pagecache import again
from bearblog.engines.pagecache.again import Asked
from bearblog.engines.pagecache.layout import Pages
from bearblog.ops import web_process
from bearblog.ops.web_process import NoAnswer, Render

# A page is made again at most so often, however many like it.
SECONDS_BETWEEN = 60.0
PAGES_A_ROUND = 20
# A render that began before the change may still be on its way to the disk.
_SECONDS_TO_SETTLE = 1.0


class Renewal:
    """The pages that were made again in the last minute, and those that wait for it."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], float] = {}

    def renew(self) -> None:
        """Makes the pages that wait, the longest waiting first. Raises NoAnswer; they wait on then."""
        pages, now = stored_pages.pages(), time.time()
        self._made = {page: at for page, at in self._made.items() if now - at < SECONDS_BETWEEN}
        due = [one for one in again.asked(pages) if self._is_due(one, now)]
        for one in due[:PAGES_A_ROUND]:
            self._made[one.site, one.path] = now
            # First: what changes while the page is made is asked for anew.
            again.take(pages, one)
            try:
                _make(pages, one)
            except NoAnswer:
                again.ask(pages, one.site, one.path)
                raise

    def _is_due(self, one: Asked, now: float) -> bool:
        return (one.site, one.path) not in self._made and now - one.since >= _SECONDS_TO_SETTLE


def _make(pages: Pages, one: Asked) -> None:
    for host in again.hosts_with(pages, one.site, one.path):
        web_process.ask(host, one.path, Render.AGAIN)

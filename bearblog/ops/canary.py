"""Looks at stored pages by lot: a page that the application would make otherwise now is a fault of ours."""

import logging
import time

from bearblog.domain.blogs import stored_pages
from bearblog.domain.posts.selectors import blogs_with_due_posts
from bearblog.engines.pagecache import again, picking
from bearblog.engines.pagecache.picking import Sample
from bearblog.ops import web_process
from bearblog.ops.web_process import NoAnswer, Render

logger = logging.getLogger(__name__)

MOST_BYTES = 1_000_000
# By then a change that came in between has made its page anew.
SECONDS_UNTIL_SURE = 5.0
# A look that took long is followed by a rest so many times as long, within reason.
_REST = 40.0
_LONGEST_REST = 60.0
_MOST_SUSPECTS = 100


class Canary:
    """Compares one stored page at each look, a second time before it is believed to be wrong."""

    def __init__(self) -> None:
        self._suspects: dict[Sample, float] = {}
        self._rests_until = 0.0

    def look(self) -> None:
        """Looks at a suspect whose time has come, or at another page. Raises OSError."""
        now = time.monotonic()
        if now < self._rests_until:
            return
        suspect = self._due_suspect(now)
        sample = suspect or picking.pick(stored_pages.pages(), most_bytes=MOST_BYTES)
        if sample is None:
            return
        is_wrong = _is_wrong(sample)
        self._rests_until = now + min(_REST * (time.monotonic() - now), _LONGEST_REST)
        if suspect and is_wrong:
            _condemn(suspect)
        elif is_wrong and len(self._suspects) < _MOST_SUSPECTS:
            self._suspects.setdefault(sample, time.monotonic())

    def _due_suspect(self, now: float) -> Sample | None:
        for suspect, since in self._suspects.items():
            if now - since >= SECONDS_UNTIL_SURE:
                del self._suspects[suspect]
                return suspect
        return None


def _is_wrong(sample: Sample) -> bool:
    """Whether the application makes another page of it, and nothing that happens just now explains it."""
    if sample.site == stored_pages.MAIN_SITE:
        return False
    pages = stored_pages.pages()
    stored = picking.read(pages, sample)
    try:
        made = web_process.ask(sample.host, sample.path, Render.COMPARE)
    except NoAnswer:
        return False
    if stored is None or made.body == stored or _is_out_of_order(made.status):
        return False
    # Looked at afterwards: the page may have been written, left, or asked for again meanwhile.
    is_seen = picking.read(pages, sample) == stored
    return is_seen and not again.is_asked(pages, sample.site, sample.path) and not _has_due_post(sample)


def _is_out_of_order(status: int) -> bool:
    return status >= 500 or status == 429


def _has_due_post(sample: Sample) -> bool:
    return blogs_with_due_posts().filter(pk=int(sample.site)).exists()


def _condemn(sample: Sample) -> None:
    number = stored_pages.clear_blog(int(sample.site))
    logger.error(
        "The stored page https://%s%s is not what the application makes of it; "
        "the blog's %d stored pages were removed.",
        sample.host,
        sample.path,
        number,
    )

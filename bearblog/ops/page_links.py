"""Sees to it that readers are shown the newest version of each blog, whatever went wrong meanwhile."""

import logging

from bearblog.domain.blogs import selectors, stored_pages
from bearblog.domain.posts import services as posts
from bearblog.ops.rounds import Rounds

logger = logging.getLogger(__name__)


class Healing:
    """Sets right what a crash between a commit and the swing of its links, or a lost folder, left wrong."""

    def __init__(self) -> None:
        self._rounds = Rounds()
        self._number_of_blogs: int | None = None

    def heal(self) -> None:
        """Looks at the blogs that changed; at all of them where there is reason to. Raises OSError."""
        number = selectors.count_blogs()
        # A blog that was deleted has no moment of its last change.
        has_reason = number != self._number_of_blogs or not stored_pages.is_as_healed()
        with self._rounds.round(is_whole=has_reason) as since:
            healed = stored_pages.heal(since)
        self._number_of_blogs = number
        if healed:
            logger.info("The links to the stored pages of %d blogs were set right.", healed)


class Schedule:
    """Shows posts once their moment has come."""

    def __init__(self) -> None:
        self._rounds = Rounds()

    def publish_due(self) -> None:
        """Looks at the moments since the last round; at first, at all that passed while nobody looked."""
        with self._rounds.round() as since:
            published = posts.publish_due(since)
        if published:
            logger.info("Posts whose moment has come are shown on %d blogs.", published)

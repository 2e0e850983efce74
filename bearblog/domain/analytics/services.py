"""The counting of readers. Numbers stand on no page that readers see, so no blog is touched."""

import logging
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from bearblog.domain.analytics import counting, salt
from bearblog.domain.analytics.errors import AnalyticsError
from bearblog.domain.analytics.models import Seen
from bearblog.domain.analytics.paths import FEED, canonical_path
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.selectors import hosts_of
from bearblog.engines.throttle import budget
from bearblog.lib import hostnames, networks, user_agents

logger = logging.getLogger(__name__)

HITS_AN_HOUR = 300


def record_hit(*, blog: Blog, path: str, address: str, user_agent: str, referrer: str = "") -> bool:
    """Whether a look at a page or feed of the blog was counted. Whatever was sent, it never raises."""
    known = canonical_path(blog, path) if blog.collects_analytics else None
    if known is None or not _is_of_interest(known, user_agent):
        return False
    try:
        network = networks.network_of(address)
    except ValueError:
        return False
    if not budget.spend(f"hit {network}", most=HITS_AN_HOUR, seconds=3600):
        return False
    visit = counting.Visit(
        blog=blog,
        day=timezone.now().date(),
        path=known,
        network=network,
        address=address,
        user_agent=user_agent[:1000],
        referrer=_referring_host(blog, referrer),
    )
    try:
        return counting.count_feed(visit) if known == FEED else counting.count_page(visit)
    except AnalyticsError as error:
        logger.warning("A reader was not counted: %s", error.sentence)
        return False


@transaction.atomic
def forget_yesterday() -> int:
    """Throws away the salts of other days and all that was hashed with them; returns how many rows.

    Raises AnalyticsError where a salt cannot be thrown away.
    """
    today = timezone.now().date()
    removed, _ = Seen.objects.exclude(day=today).delete()
    salt.forget_all_but(today)
    return removed


def _is_of_interest(path: str, user_agent: str) -> bool:
    # Feed readers are programs by nature; only for pages does that rule somebody out.
    return bool(user_agent.strip()) and (path == FEED or not user_agents.is_robot(user_agent))


def _referring_host(blog: Blog, referrer: str) -> str:
    try:
        host = (urlsplit(referrer.strip()[:2000]).hostname or "").lower()
    except ValueError:
        return ""
    return host if hostnames.is_hostname(host) and host not in hosts_of(blog) else ""

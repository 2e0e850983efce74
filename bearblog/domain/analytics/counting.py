"""How a visit becomes numbers: who was counted today is known by hashes alone."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q

from bearblog.domain.analytics import country, salt
from bearblog.domain.analytics.models import Count, Seen
from bearblog.domain.blogs.models import Blog
from bearblog.lib import user_agents

# More than these a day are somebody's joke, not where readers come from.
REFERRERS_A_DAY = 300

Kind = Count.Kind
Name = tuple[str, str]


@dataclass(frozen=True)
class Visit:
    """One reader's look at one page or feed, on one day."""

    blog: Blog
    day: date
    path: str
    network: str
    address: str
    user_agent: str
    referrer: str

    def digest_for(self, subject: str) -> str:
        """What is kept of the reader until midnight. Raises AnalyticsError."""
        message = "\n".join((str(self.blog.pk), subject, self.network, self.user_agent))
        return hmac.new(salt.salt_of(self.day), message.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def count_page(visit: Visit) -> bool:
    """Whether this is the reader's first look at the page today, now counted. Raises AnalyticsError."""
    page, reader = f"page {visit.path}", "reader"
    new = _not_seen_yet(visit, page, reader)
    if page not in new:
        return False
    names: list[Name] = [(Kind.PAGE, visit.path)]
    if visit.referrer and _has_room_for(visit):
        names.append((Kind.REFERRER, visit.referrer))
    if reader in new:
        names += _names_of_reader(visit)
    _add_one(visit, names)
    return True


@transaction.atomic
def count_feed(visit: Visit) -> bool:
    """Whether the feed reader's people were not counted today yet, and now are. Raises AnalyticsError."""
    name = user_agents.feed_reader(visit.user_agent)
    said = user_agents.subscribers(visit.user_agent)
    if not said:
        is_new = bool(_not_seen_yet(visit, f"feed {name}"))
        if is_new:
            _add_one(visit, [(Kind.FEED, name)])
        return is_new
    # A service asks many times a day, for all its people at once.
    _make_rows(visit, [(Kind.FEED, name)])
    row = Count.objects.filter(blog=visit.blog, day=visit.day, kind=Kind.FEED, name=name)
    return bool(row.filter(number__lt=said).update(number=said))


def _names_of_reader(visit: Visit) -> list[Name]:
    names: list[Name] = [
        (Kind.READERS, ""),
        (Kind.BROWSER, user_agents.browser(visit.user_agent)),
        (Kind.PLATFORM, user_agents.platform(visit.user_agent)),
    ]
    code = country.code_of(visit.address)
    return [*names, (Kind.COUNTRY, code)] if code else names


def _not_seen_yet(visit: Visit, *subjects: str) -> set[str]:
    """Which of the subjects this reader has not been counted for today; from now on they have."""
    digests = {visit.digest_for(subject): subject for subject in subjects}
    of_today = Seen.objects.filter(day=visit.day, digest__in=digests)
    new = digests.keys() - set(of_today.values_list("digest", flat=True))
    Seen.objects.bulk_create([Seen(day=visit.day, digest=digest) for digest in new], ignore_conflicts=True)
    return {digests[digest] for digest in new}


def _has_room_for(visit: Visit) -> bool:
    of_today = Count.objects.filter(blog=visit.blog, kind=Kind.REFERRER, day=visit.day)
    return of_today.filter(name=visit.referrer).exists() or of_today.count() < REFERRERS_A_DAY


def _add_one(visit: Visit, names: list[Name]) -> None:
    _make_rows(visit, names)
    wanted = Q()
    for kind, name in names:
        wanted |= Q(kind=kind, name=name)
    Count.objects.filter(wanted, blog=visit.blog, day=visit.day).update(number=F("number") + 1)


def _make_rows(visit: Visit, names: Iterable[Name]) -> None:
    rows = [Count(blog=visit.blog, day=visit.day, kind=kind, name=name) for kind, name in names]
    Count.objects.bulk_create(rows, ignore_conflicts=True)

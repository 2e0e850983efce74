"""Works out what bringing a file in would do, and does nothing: the dry run, and half of the import."""

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone

from bearblog.domain.blogs.dates import time_zone
from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.errors import MediaError
from bearblog.domain.media.space import check_space
from bearblog.domain.transfer import blog_fields
from bearblog.domain.transfer.parcel import Parcel
from bearblog.domain.transfer.records import PostRecord
from bearblog.lib import slugs

SHOWN_PROBLEMS = 500
FALLBACK_SLUG = "%Y-%m-%d"


@dataclass
class Report:
    """What would come, stay and be changed, for a person to read."""

    kind: str
    posts: int = 0
    pages: int = 0
    drafts: int = 0
    scheduled: int = 0
    known: int = 0
    revisions: int = 0
    media: int = 0
    subscribers: int = 0
    changes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unshown: int = 0

    def say(self, sentence: str) -> None:
        """Adds a problem; beyond some hundred they are only counted."""
        if len(self.problems) < SHOWN_PROBLEMS:
            self.problems.append(sentence)
        else:
            self.unshown += 1

    @property
    def brings_something(self) -> bool:
        """Whether the import would change anything."""
        return any((self.posts, self.pages, self.revisions, self.media, self.changes, self.subscribers))


class Settler:
    """Gives each post of the file its place on the blog, beside those that are there and those before it."""

    def __init__(self, blog: Blog) -> None:
        self._zone = time_zone(blog)
        rows = list(blog.posts.values_list("creation_key", "slug"))
        self.keys: set[uuid.UUID] = {key for key, _ in rows}
        self._slugs = {slug for _, slug in rows}
        self._aliases = set(blog.aliases.values_list("slug", flat=True))

    def settle(self, parcel: Parcel, report: Report) -> Iterator[PostRecord]:
        """The posts that are new, with addresses that are free; all else goes into the report."""
        for found in parcel.posts(self._zone):
            if isinstance(found, str):
                report.say(found)
            elif found.key in self.keys:
                report.known += 1
            else:
                self.keys.add(found.key)
                yield self._placed(found, report)

    def _placed(self, record: PostRecord, report: Report) -> PostRecord:
        for problem in record.problems:
            report.say(f"{record.source}, “{record.title}”: {problem}")
        day = record.published_at or record.created_at or timezone.now()
        wanted = record.slug or slugs.make_slug(record.title) or day.strftime(FALLBACK_SLUG)
        slug = self._free(wanted)
        if slug != wanted:
            report.say(f"{record.source}, “{record.title}”: /{wanted}/ is taken, so it stands at /{slug}/.")
        self._slugs.add(slug)
        self._aliases.discard(slug)
        alias = self._free_alias(record.alias, record, report)
        former = tuple(one for one in record.former_slugs if self._free_alias(one, record, report))
        _count(record, report)
        return replace(record, slug=slug, alias=alias, former_slugs=former)

    def _free(self, wanted: str) -> str:
        numbered = (slugs.number(wanted, count) for count in itertools.count(2))
        return next(slug for slug in itertools.chain([wanted], numbered) if slug not in self._slugs)

    def _free_alias(self, alias: str, record: PostRecord, report: Report) -> str:
        if not alias:
            return ""
        if alias in self._slugs or alias in self._aliases:
            report.say(
                f"{record.source}, “{record.title}”: /{alias}/ leads elsewhere already, so it is left out."
            )
            return ""
        self._aliases.add(alias)
        return alias


def plan(blog: Blog, parcel: Parcel, *, with_blog: bool, with_subscribers: bool) -> Report:
    """What the import would do. Raises TransferError where the file cannot be read."""
    report = Report(parcel.kind)
    for _ in Settler(blog).settle(parcel, report):
        pass
    known: set[tuple[str, datetime]] = set(blog.revisions.values_list("subject", "saved_at"))
    report.revisions = sum((one.subject, one.saved_at) not in known for one in parcel.revisions())
    if with_blog:
        changes, problems = blog_fields.read(blog, parcel.blog_values())
        report.changes = blog_fields.names_of(changes)
        for problem in problems:
            report.say(problem)
    _plan_media(blog, parcel, report)
    subscribers = parcel.subscribers()
    report.subscribers = len(subscribers) if with_subscribers else 0
    if subscribers and not with_subscribers:
        report.say(f"The {len(subscribers):,} subscribers stay out, as they were not asked for.")
    return report


def _plan_media(blog: Blog, parcel: Parcel, report: Report) -> None:
    known = set(blog.media_files.values_list("sha256", flat=True))
    report.media = sum(one.stored.sha256 not in known for one in parcel.media())
    try:
        check_space(blog, 0)
    except MediaError as error:
        if report.media:
            report.say(error.sentence)


def _count(record: PostRecord, report: Report) -> None:
    if record.is_page:
        report.pages += 1
    else:
        report.posts += 1
    if not record.is_published:
        report.drafts += 1
    elif record.published_at and record.published_at > timezone.now():
        report.scheduled += 1

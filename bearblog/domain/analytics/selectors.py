"""Questions about the numbers of a blog."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet, Sum

from bearblog.domain.analytics.models import Count, LogPlace
from bearblog.domain.analytics.paths import slug_in
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post

LEAST_DAYS = 7
MOST_DAYS = 3650
NAMES_A_TABLE = 50


@dataclass(frozen=True)
class Span:
    """The days that are looked at, both ends among them."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Total:
    """How often one name was counted in a span, and the title and likes of the post that it leads to."""

    name: str
    number: int
    title: str = ""
    likes: int | None = None


def span_of(days: int, last: date) -> Span:
    """The last so many days, at least a week and at most ten years."""
    wanted = min(max(days, LEAST_DAYS), MOST_DAYS)
    return Span(last - timedelta(days=wanted - 1), last)


def numbers_by_day(blog: Blog, span: Span, kind: str, name: str | None = None) -> dict[date, int]:
    """How often the name, or any name of the kind, was counted on each day that has a number."""
    counts = _counts(blog, span).filter(kind=kind)
    if name is not None:
        counts = counts.filter(name=name)
    return dict(counts.values_list("day").annotate(total=Sum("number")).order_by("day"))


def totals(blog: Blog, span: Span, kind: str) -> list[Total]:
    """The names of a kind that were counted most, the greatest number first."""
    # A feed reader's people are the same every day, so their days are not added up.
    number = Max("number") if kind == Count.Kind.FEED else Sum("number")
    counts = _counts(blog, span).filter(kind=kind).values_list("name").annotate(total=number)
    return [Total(name, total) for name, total in counts.order_by("-total", "name")[:NAMES_A_TABLE]]


def page_totals(blog: Blog, span: Span) -> list[Total]:
    """The pages that were read most, with the titles and likes of those that still stand."""
    found = totals(blog, span, Count.Kind.PAGE)
    slugs = [slug_in(total.name) for total in found]
    posts = Post.objects.filter(blog=blog, slug__in=slugs).values_list("slug", "title", "like_count")
    known = {slug: (title, likes) for slug, title, likes in posts}
    return [
        Total(total.name, total.number, *known.get(slug, ("", None)))
        for total, slug in zip(found, slugs, strict=True)
    ]


def rows(blog: Blog, span: Span) -> Iterator[tuple[date, str, str, int]]:
    """Each number of the span as (day, kind, name, number), for an export."""
    fields = ("day", "kind", "name", "number")
    return _counts(blog, span).order_by("day", "kind", "name").values_list(*fields).iterator()


def page_reads() -> int:
    """How many answers with pages and feeds of blogs the log has told of, those of robots among them."""
    pages: int | None = LogPlace.objects.aggregate(most=Max("pages"))["most"]
    return pages or 0


def _counts(blog: Blog, span: Span) -> QuerySet[Count]:
    return Count.objects.filter(blog=blog, day__range=(span.first, span.last))

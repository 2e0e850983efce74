"""How often a blog is read, by day and by whatever names were counted."""

import csv
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bearblog.domain.analytics import selectors
from bearblog.domain.analytics.models import Count
from bearblog.domain.analytics.selectors import Span, Total
from bearblog.domain.blogs.models import Blog
from bearblog.lib.countries import name_of
from bearblog.lib.spreadsheets import harmless
from bearblog.web.studio.access import BlogStudioRequest, editor_required
from bearblog.web.studio.day_chart import make_chart

RANGES = (7, 30, 90, 180, 365, 3650)
DEFAULT_DAYS = 30

Kind = Count.Kind
_TABLES = (
    (Kind.PAGE, "Pages", "Reads"),
    (Kind.REFERRER, "Where readers came from", "Visits"),
    (Kind.COUNTRY, "Countries", "Readers"),
    (Kind.BROWSER, "Browsers", "Readers"),
    (Kind.PLATFORM, "Systems", "Readers"),
    (Kind.FEED, "Feed readers", "People"),
)


@dataclass(frozen=True)
class Row:
    """One name of a table, its number, and the query string that shows its days alone."""

    label: str
    number: int
    likes: int | None
    query: str


@dataclass(frozen=True)
class Table:
    """The names of one kind that were counted most."""

    kind: str
    title: str
    unit: str
    rows: list[Row]


@require_safe
@editor_required
def analytics(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    span = _span(request)
    kind, name = request.GET.get("kind", ""), request.GET.get("name", "")
    is_of_one_name = kind in Kind.values and bool(name)
    if is_of_one_name:
        wide: dict[date, int] = {}
        narrow = selectors.numbers_by_day(blog, span, kind, name)
    else:
        wide = selectors.numbers_by_day(blog, span, Kind.PAGE)
        narrow = selectors.numbers_by_day(blog, span, Kind.READERS)
    only = _label(kind, name) if is_of_one_name else ""
    context = {
        "studio_blog": blog,
        "span": span,
        "ranges": RANGES,
        "only": only,
        "only_query": _query(span.days, kind, name) if is_of_one_name else "",
        "chart": make_chart(span, wide, narrow, only),
        "reads": sum(wide.values()),
        "readers": sum(narrow.values()),
        "tables": [_table(blog, span, *described) for described in _TABLES],
    }
    return render(request, "studio/analytics.html", context)


@require_safe
@editor_required
def analytics_file(request: BlogStudioRequest, blog: Blog) -> HttpResponse:
    span = _span(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{blog.subdomain}-analytics-{span.first}-{span.last}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    rows = csv.writer(response)
    rows.writerow(["day", "kind", "name", "number"])
    rows.writerows(
        (day, kind, harmless(name), number) for day, kind, name, number in selectors.rows(blog, span)
    )
    return response


def _span(request: HttpRequest) -> Span:
    typed = request.GET.get("days", "")
    days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else DEFAULT_DAYS
    return selectors.span_of(days, timezone.now().date())


def _table(blog: Blog, span: Span, kind: str, title: str, unit: str) -> Table:
    is_of_pages = kind == Kind.PAGE
    found = selectors.page_totals(blog, span) if is_of_pages else selectors.totals(blog, span, kind)
    return Table(kind, title, unit, [_row(span, kind, total) for total in found])


def _row(span: Span, kind: str, total: Total) -> Row:
    label = total.title or _label(kind, total.name)
    return Row(label, total.number, total.likes, _query(span.days, kind, total.name))


def _label(kind: str, name: str) -> str:
    if kind == Kind.COUNTRY:
        return name_of(name)
    return "Home page" if (kind, name) == (Kind.PAGE, "/") else name


def _query(days: int, kind: str, name: str) -> str:
    return urlencode({"days": days, "kind": kind, "name": name})

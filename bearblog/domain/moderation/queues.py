"""The blogs that want a look from staff."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from bearblog.domain.blogs.models import Blog
from bearblog.domain.moderation.models import Report
from bearblog.domain.posts.models import Post

# A home page of fewer characters, without a link and without a post, says nothing yet.
_SAYS_SOMETHING = 200

QUEUES = ("new", "asked", "reported", "all")


@dataclass(frozen=True)
class Queue:
    """A queue by its name, and how many blogs stand in it."""

    name: str
    number: int


def queue(name: str, query: str = "") -> QuerySet[Blog]:
    """The blogs in the queue of this name, with their owners and the number of their open reports."""
    open_reports = Count("reports", filter=Q(reports__settled_at__isnull=True))
    found = _members(name).select_related("owner").annotate(open_reports=open_reports)
    words = query.strip()
    if words:
        found = found.filter(
            Q(title__icontains=words)
            | Q(subdomain__icontains=words)
            | Q(custom_domain__icontains=words)
            | Q(owner__email__icontains=words)
        )
    return found.order_by(*_ORDER.get(name, ("-created_at", "-pk")))


def counts() -> list[Queue]:
    """Each queue with its length."""
    return [Queue(name, _members(name).count()) for name in QUEUES]


def reports_on(blog: Blog) -> QuerySet[Report]:
    """What readers said about the blog, the newest first."""
    return Report.objects.filter(blog=blog).select_related("settled_by")


_ORDER = {"asked": ("review_asked_at",), "reported": ("-open_reports", "-pk")}


def _members(name: str) -> QuerySet[Blog]:
    open_report = Report.objects.filter(blog=OuterRef("pk"), settled_at__isnull=True)
    match name:
        case "new":
            return _new().exclude(Exists(open_report))
        case "asked":
            return Blog.objects.filter(review_asked_at__isnull=False)
        case "reported":
            return Blog.objects.filter(Q(is_flagged=True) | Exists(open_report))
        case _:
            return Blog.objects.all()


def _new() -> QuerySet[Blog]:
    has_posts = Exists(Post.objects.filter(blog=OuterRef("pk")))
    says_something = Q(home_length__gte=_SAYS_SOMETHING) | Q(home_text__icontains="http") | has_posts
    has_changed = Q(ignored_at__isnull=True) | Q(updated_at__gt=F("ignored_at"))
    return (
        Blog.objects.all()
        .visible()
        .filter(
            has_changed,
            is_reviewed=False,
            is_flagged=False,
            is_ignored_for_good=False,
            review_asked_at__isnull=True,
        )
        .annotate(home_length=Length("home_text"))
        .filter(says_something)
    )

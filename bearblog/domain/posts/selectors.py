"""Questions about posts."""

import itertools
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from bearblog.domain.blogs.dates import time_zone
from bearblog.domain.blogs.models import Blog, BlogQuerySet
from bearblog.domain.posts.addresses import unreserved
from bearblog.domain.posts.models import Alias, Post, PostQuerySet, ShareLink, Tag
from bearblog.lib import dates, slugs

# Counting years by ranges is quick and takes a column each; nearly every blog has fewer years than this.
_MOST_RANGES = 60
# As PostQuerySet.published has it, and written down for the reason that _VISIBLE in blogs/selectors.py gives.
_PUBLISHED_AT = (
    "SELECT * FROM posts_post WHERE blog_id = %s AND slug = %s AND status = %s AND published_at <= %s"
)


@dataclass(frozen=True)
class TagCount:
    """A tag, and how many posts that readers can see have it."""

    name: str
    count: int


@dataclass(frozen=True)
class YearCount:
    """A year, and how many posts that readers can see are dated in it."""

    year: int
    count: int


def posts_of(blog: Blog) -> PostQuerySet:
    """All posts and pages of the blog without their texts, drafts without a date first, then newest first."""
    return blog.posts.all().without_text().newest_first()


def published(blog: Blog) -> PostQuerySet:
    """The posts and pages that readers can see on the blog now, newest first."""
    return blog.posts.all().published().latest_first()


def published_posts(blog: Blog) -> PostQuerySet:
    """The posts that readers can see on the blog now, newest first; no pages."""
    return published(blog).posts()


def find_post(blog: Blog, pk: int) -> Post | None:
    """The blog's post or page with this number, draft or not, or None."""
    return blog.posts.filter(pk=pk).select_related("blog", "author").first()


def blogs_with_due_posts(since: datetime | None = None) -> BlogQuerySet:
    """The blogs with posts whose moment came after the blog changed last, and after `since` if it is given.

    On pages that were made before, readers would not see these posts.
    """
    now = timezone.now()
    due = Post.objects.filter(
        blog=OuterRef("pk"),
        # Named, so that SQLite looks them up in the index of a blog's list.
        is_page__in=[False, True],
        status=Post.Status.PUBLISHED,
        published_at__gt=OuterRef("updated_at"),
        published_at__lte=now,
    )
    blogs = Blog.objects.filter(Exists(due)).order_by()
    if since is None:
        return blogs
    late = Post.objects.filter(published_at__gt=since, published_at__lte=now)
    return blogs.filter(pk__in=late.values("blog"))


def find_published(blog: Blog, slug: str) -> Post | None:
    """The post or page that readers see at this slug in any spelling of it, or None."""
    asked = [blog.pk, slugs.normal(slug), Post.Status.PUBLISHED, timezone.now()]
    return next(iter(Post.objects.raw(_PUBLISHED_AT, asked).prefetch_related("tags")), None)


def find_post_by_creation_key(blog: Blog, key: uuid.UUID) -> Post | None:
    """The post that a form with this key has made already, or None."""
    return blog.posts.filter(creation_key=key).first()


def find_alias(blog: Blog, slug: str) -> Alias | None:
    """The other address of a post that readers can see, with the post, or None."""
    visible = Q(post__status=Post.Status.PUBLISHED, post__published_at__lte=timezone.now())
    found = blog.aliases.filter(visible, slug=slugs.normal(slug.strip("/")))
    return found.select_related("post").first()


def find_shared_draft(blog: Blog, token: str) -> Post | None:
    """The post, draft or not, that somebody with this token may read, or None."""
    links = ShareLink.objects.filter(post__blog=blog, token=token, expires_at__gt=timezone.now())
    link = links.select_related("post", "post__blog").first()
    return link.post if link else None


def share_links_of(post: Post) -> list[ShareLink]:
    """The links by which the post can be read now, newest first."""
    return list(post.share_links.filter(expires_at__gt=timezone.now()).select_related("post__blog"))


def with_tags(posts: PostQuerySet, wanted: Collection[str], unwanted: Collection[str] = ()) -> PostQuerySet:
    """Those of the posts that have all the wanted tags and none of the unwanted ones."""
    for name in dict.fromkeys(wanted):
        posts = posts.filter(_tagged([name]))
    return posts.exclude(_tagged(unwanted)) if unwanted else posts


def tag_counts(blog: Blog, posts: PostQuerySet | None = None) -> list[TagCount]:
    """The tags of the posts that readers can see, or of these posts, in the order of the alphabet."""
    counted = published_posts(blog) if posts is None else posts
    rows = Tag.objects.filter(post__in=counted.order_by().values("pk")).order_by().values_list("name")
    found = [TagCount(name, count) for name, count in rows.annotate(Count("pk"))]
    return sorted(found, key=lambda tag: (tag.name.casefold(), tag.name))


def years(blog: Blog) -> list[YearCount]:
    """The years, in the blog's time zone, in which there are posts that readers can see, newest first."""
    posts, zone = published_posts(blog).order_by(), time_zone(blog)
    ends = posts.aggregate(first=Min("published_at"), last=Max("published_at"))
    if ends["first"] is None:
        return []
    first, last = ends["first"].astimezone(zone).year, ends["last"].astimezone(zone).year
    if last - first >= _MOST_RANGES:
        rows = posts.annotate(year=ExtractYear("published_at", tzinfo=zone)).values_list("year")
        return [YearCount(year, count) for year, count in rows.annotate(Count("pk")).order_by("-year")]
    span = range(last, first - 1, -1)
    counts = posts.aggregate(**{f"in_{year}": Count("pk", filter=_in_year(blog, year)) for year in span})
    return [YearCount(year, counts[f"in_{year}"]) for year in span if counts[f"in_{year}"]]


def posts_of_year(blog: Blog, year: int) -> PostQuerySet:
    """The posts dated in this year, in the blog's time zone, that readers can see, newest first."""
    if not dates.FIRST_YEAR <= year <= dates.LAST_YEAR:
        return published_posts(blog).none()
    return published_posts(blog).filter(_in_year(blog, year))


def previous_post(post: Post) -> Post | None:
    """The post that readers can see right before this one, without its text, or None."""
    moment, pk = _place(post)
    before = published_posts(post.blog).without_text().filter(published_at__lte=moment)
    return before.exclude(published_at=moment, pk__gte=pk).first()


def next_post(post: Post) -> Post | None:
    """The post that readers can see right after this one, without its text, or None."""
    moment, pk = _place(post)
    after = published_posts(post.blog).without_text().filter(published_at__gte=moment)
    return after.exclude(published_at=moment, pk__lte=pk).order_by("published_at", "pk").first()


def free_slug(blog: Blog, wanted: str, *, except_for: Post | None = None) -> str:
    """The wanted slug, or the first of wanted-2, wanted-3 ... that no other post of the blog has."""
    wanted = unreserved(wanted)
    others = blog.posts.exclude(pk=except_for.pk) if except_for and except_for.pk else blog.posts.all()
    numbered = (slugs.number(wanted, count) for count in itertools.count(2))
    if not others.filter(slug=wanted).exists():
        return wanted
    stem = wanted[: len(wanted) // 2]
    taken = set(others.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in numbered if slug not in taken)


def _in_year(blog: Blog, year: int) -> Q:
    start, end = dates.year_in(time_zone(blog), year)
    return Q(published_at__gte=start, published_at__lt=end)


def _place(post: Post) -> tuple[datetime, int]:
    """Where the post stands in the order of its blog; one that is not saved stands at the end."""
    return post.published_at or timezone.now(), post.pk or 0


def _tagged(names: Collection[str]) -> Exists:
    # Asked of each post: a list of all posts with the tags would hold those of every blog.
    return Exists(Tag.objects.filter(post=OuterRef("pk"), name__in=list(names)))

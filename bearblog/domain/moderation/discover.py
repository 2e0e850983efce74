"""The posts that the main site points at, and in which order."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Length
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, BlogQuerySet
from bearblog.domain.moderation.models import HiddenBlog
from bearblog.domain.posts.models import Post, PostQuerySet, Tag
from bearblog.domain.posts.search import matching

POSTS_A_PAGE = 20
# Deeper pages than this nobody turns to, and each costs more than the one before.
MOST_PAGES = 100
LEAST_TEXT = 150
# So many posts of one blog in so many hours; the rest would push everybody else off the page.
MOST_IN_A_ROW = 3
ROW_HOURS = 12
_PROBES = 400


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see: posts in a language, with a tag, with words."""

    language: str = ""
    tag: str = ""
    words: str = ""
    user: User | None = None


@dataclass(frozen=True)
class Page:
    """Some posts with their blogs, and whether there are more."""

    posts: list[Post]
    number: int
    has_more: bool


def eligible(wish: Wish | None = None) -> PostQuerySet:
    """The posts that the main site may show, and that are wished for, in no order."""
    wish = wish or Wish()
    found: PostQuerySet = (
        Post.objects.all()
        .posts()
        # Hidden from SQLite's planner, which else would sort all posts instead of walking along an index.
        .annotate(due_at=Coalesce("published_at", "published_at"))
        .annotate(text_length=Length("text"), before_in_row=_third_before())
        .filter(
            Q(before_in_row__isnull=True) | Q(before_in_row__lte=_hours_earlier()),
            status=Post.Status.PUBLISHED,
            due_at__lte=timezone.now(),
            is_discoverable=True,
            is_hidden=False,
            text_length__gte=LEAST_TEXT,
            blog__owner__is_active=True,
            blog__is_blocked=False,
            blog__is_reviewed=True,
            blog__is_hidden=False,
        )
    )
    if wish.user is not None:
        found = found.exclude(blog__in=HiddenBlog.objects.filter(user=wish.user).values("blog"))
    if wish.language:
        found = found.filter(_speaks(wish.language))
    if wish.tag:
        found = found.filter(pk__in=Tag.objects.filter(name=wish.tag).values("post"))
    return matching(found, wish.words) if wish.words else found


def trending(wish: Wish, number: int) -> Page:
    """A page of the posts with the highest scores."""
    return _page(eligible(wish).order_by("-score", "pk"), number)


def newest(wish: Wish, number: int) -> Page:
    """A page of the posts that came out last."""
    return _page(eligible(wish).order_by("-published_at", "pk"), number)


def at_random(wish: Wish, number: int = 1) -> Page:
    """Some posts by chance; each page is a new throw."""
    found = eligible(wish)
    pks = random_pks(found, POSTS_A_PAGE)
    posts = list(_for_show(found.filter(pk__in=pks)))
    random.shuffle(posts)
    return Page(posts, 1, has_more=False)


def random_post(wish: Wish) -> Post | None:
    """One post by chance, with its blog, or None where there is none."""
    pks = random_pks(eligible(wish), 1)
    return Post.objects.select_related("blog").filter(pk__in=pks).first()


def random_blog(wish: Wish) -> Blog | None:
    """One blog by chance, among those that have a post to show, or None."""
    post = random_post(wish)
    return post.blog if post else None


ORDERS: dict[str, Callable[[Wish, int], Page]] = {
    "trending": trending,
    "newest": newest,
    "random": at_random,
}


def hidden_blogs(user: User) -> BlogQuerySet:
    """The blogs that the person does not want to see, by title."""
    return Blog.objects.filter(pk__in=HiddenBlog.objects.filter(user=user).values("blog"))


def find_showable_blog(pk: int) -> Blog | None:
    """The blog with this number, if the main site may point at it."""
    return Blog.objects.discoverable().filter(pk=pk).first()


def random_pks(found: PostQuerySet, wanted: int) -> list[int]:
    """The numbers of some of the posts by chance; fewer where there are not so many."""
    last = Post.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    # Guesses are cheap where posts stand close; a small table is sooner read whole.
    guesses = random.sample(range(1, last + 1), _PROBES) if last > _PROBES * 10 else None
    pks = list(found.filter(pk__in=guesses).values_list("pk", flat=True)) if guesses else []
    if len(pks) < wanted:
        pks = list(found.order_by().values_list("pk", flat=True)[: _PROBES * 50])
    return random.sample(pks, min(wanted, len(pks)))


def _third_before() -> Subquery:
    """When the post came out that stands so many places before this one on its blog."""
    others = (
        Post.objects.all()
        .posts()
        .filter(
            blog=OuterRef("blog"),
            status=Post.Status.PUBLISHED,
            published_at__lte=OuterRef("published_at"),
        )
        .exclude(pk=OuterRef("pk"))
    )
    place = MOST_IN_A_ROW - 1
    return Subquery(others.order_by("-published_at").values("published_at")[place : place + 1])


def _hours_earlier() -> Combinable:
    earlier = F("published_at") - timedelta(hours=ROW_HOURS)
    return ExpressionWrapper(earlier, output_field=DateTimeField())


def _speaks(language: str) -> Q:
    code = language.lower()
    own = Q(language__iexact=code) | Q(language__istartswith=f"{code}-")
    of_blog = Q(blog__language__iexact=code) | Q(blog__language__istartswith=f"{code}-")
    return own | Q(language="") & of_blog


def _for_show(found: PostQuerySet) -> PostQuerySet:
    return found.select_related("blog").without_text()


def _page(found: PostQuerySet, number: int) -> Page:
    number = min(max(number, 1), MOST_PAGES)
    start = (number - 1) * POSTS_A_PAGE
    posts = list(_for_show(found)[start : start + POSTS_A_PAGE + 1])
    has_more = len(posts) > POSTS_A_PAGE and number < MOST_PAGES
    return Page(posts[:POSTS_A_PAGE], number, has_more)

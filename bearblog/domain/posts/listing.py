"""What an author asks of `{{ posts }}`, read forgivingly, and the posts that answer it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bearblog.domain.blogs.dates import time_zone
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.selectors import published_posts, with_tags
from bearblog.engines.rendering.directives import is_true
from bearblog.lib import dates

MOST_LINES = 500
MOST_DESCRIBED = 100
MOST_WHOLE = 20
_MOST_TAGS = 20

_KEYS = "tags?|limit|order|from|to|description|image|content"
# People part arguments by commas too; a tag is never called "limit: 5".
_SWALLOWED = re.compile(rf",\s*(?=(?:{_KEYS})\s*:)", re.IGNORECASE)
_QUOTES = "\"'“”‘’„«» "


@dataclass(frozen=True)
class Listing:
    """Which posts are wanted, in which order, and how much of each."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    most: int = MOST_LINES
    is_oldest_first: bool = False
    start: datetime | None = None
    end: datetime | None = None
    has_description: bool = False
    has_image: bool = False
    has_content: bool = False


def read_listing(arguments: Sequence[tuple[str, str]], blog: Blog, *, may_embed: bool) -> Listing:
    """What the arguments ask for; a value that means nothing is as if it were not there."""
    given: dict[str, str] = {}
    tags: list[str] = []
    for key, value in _single(arguments):
        if key in ("tag", "tags"):
            tags += [name for part in value.split(",") if (name := part.strip(_QUOTES))]
        else:
            given[key] = value.strip(_QUOTES)
    is_whole = may_embed and _says_yes(given, "content")
    has_description, has_image = _says_yes(given, "description"), _says_yes(given, "image")
    most = MOST_WHOLE if is_whole else MOST_DESCRIBED if has_description or has_image else MOST_LINES
    limit = given.get("limit", "")
    end = _moment(given.get("to", ""), blog)
    return Listing(
        wanted=tuple(name for name in tags[:_MOST_TAGS] if not name.startswith("-")),
        unwanted=tuple(name[1:].strip(_QUOTES) for name in tags[:_MOST_TAGS] if name.startswith("-")),
        most=min(most, int(limit)) if re.fullmatch("[0-9]{1,9}", limit) and int(limit) else most,
        is_oldest_first=given.get("order", "").lower() in ("asc", "ascending", "oldest"),
        start=_moment(given.get("from", ""), blog),
        end=end + timedelta(days=1) if end else None,
        has_description=has_description,
        has_image=has_image,
        has_content=is_whole,
    )


def listed_posts(blog: Blog, listing: Listing) -> list[Post]:
    """The posts that readers can see and that are wanted, with their tags; their texts only where needed."""
    posts = with_tags(published_posts(blog), listing.wanted, listing.unwanted).prefetch_related("tags")
    if listing.start:
        posts = posts.filter(published_at__gte=listing.start)
    if listing.end:
        posts = posts.filter(published_at__lt=listing.end)
    if listing.is_oldest_first:
        posts = posts.order_by("published_at", "pk")
    if not listing.has_content:
        posts = posts.without_text()
    return list(posts[: listing.most])


def _single(arguments: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for key, value in arguments:
        first, *others = _SWALLOWED.split(value)
        yield key.strip().lower(), first
        for other in others:
            other_key, _, other_value = other.partition(":")
            yield other_key.strip().lower(), other_value


def _says_yes(given: dict[str, str], key: str) -> bool:
    return key in given and is_true(given[key])


def _moment(typed: str, blog: Blog) -> datetime | None:
    try:
        return dates.parse(typed, time_zone(blog))
    except dates.DateError:
        return None

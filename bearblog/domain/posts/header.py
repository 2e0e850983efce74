"""The attributes of a post as the lines above its text: read from them, and written again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bearblog.domain.blogs.dates import time_zone
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import checks
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post
from bearblog.lib import dates, header_lines, slugs
from bearblog.lib.header_lines import HeaderProblem

KEYS = (
    "title",
    "link",
    "alias",
    "canonical_url",
    "published_date",
    "is_page",
    "meta_description",
    "meta_image",
    "lang",
    "tags",
    "class_name",
    "make_discoverable",
)
FIELD = "header"
UNTITLED = "New post"

T = TypeVar("T")


@dataclass(frozen=True)
class PostHeader:
    """What a header says. A slug of None stays as it is; an empty one is made from the title."""

    title: str
    slug: str | None = None
    alias: str = ""
    canonical_url: str = ""
    published_at: datetime | None = None
    is_page: bool = False
    meta_description: str = ""
    meta_image: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    class_name: str = ""
    is_discoverable: bool = True


def read(typed: str, *, post: Post | None, blog: Blog, is_page: bool = False) -> PostHeader:
    """What the lines say. Raises PostError with each line that cannot be read.

    A line left out leaves title, link and date as the post has them, and takes back all else.
    """
    reading = _Reading(typed)
    title = post.title if post else ""
    header = PostHeader(
        title=reading.take("title", _title, title) or UNTITLED,
        slug=reading.take("link", checks.check_link, None),
        alias=reading.take("alias", lambda value: checks.check_free_alias(value, post, blog), ""),
        canonical_url=reading.take("canonical_url", checks.check_canonical_url, ""),
        published_at=reading.take(
            "published_date", lambda value: _date(value, post, blog), post.published_at if post else None
        ),
        is_page=reading.take("is_page", _truth("is_page"), is_page and post is None),
        meta_description=reading.take("meta_description", checks.check_description, ""),
        meta_image=reading.take("meta_image", checks.check_image, ""),
        language=reading.take("lang", checks.check_language, ""),
        tags=reading.take("tags", lambda value: checks.check_tags([value]), ()),
        class_name=reading.take("class_name", slugs.make_name, ""),
        is_discoverable=reading.take("make_discoverable", _truth("make_discoverable"), True),
    )
    if reading.problems:
        problems = tuple(sorted(reading.problems, key=lambda problem: problem.line_number))
        raise PostError(header_lines.sentence_of(problems), FIELD, problems=problems)
    return header


def write(post: Post) -> str:
    """The lines that say what the post is: title, link and date always, all else where it is set."""
    is_stored = post.pk is not None
    alias = next((alias.slug for alias in post.aliases.all() if alias.is_typed), "") if is_stored else ""
    tags = ", ".join(tag.name for tag in post.tags.all()) if is_stored else ""
    optional = {
        "alias": alias,
        "canonical_url": post.canonical_url,
        "is_page": "true" if post.is_page else "",
        "meta_description": post.meta_description,
        "meta_image": post.meta_image,
        "lang": post.language,
        "tags": tags,
        "class_name": post.class_name,
        "make_discoverable": "" if post.is_discoverable else "false",
    }
    fixed = {"title": post.title, "link": post.slug, "published_date": written_date(post)}
    lines = fixed | {key: value for key, value in optional.items() if value}
    return "\n".join(f"{key}: {value}".rstrip() for key, value in lines.items())


def written_date(post: Post) -> str:
    """The post's date as its header shows it, in the blog's time zone; empty for none."""
    return dates.write(post.published_at, time_zone(post.blog)) if post.published_at else ""


def without_lines(typed: str, problems: tuple[HeaderProblem, ...]) -> str:
    """The header without the lines that have a problem."""
    bad = {problem.line_number for problem in problems}
    lines = typed.split("\n")
    return "\n".join(line for number, line in enumerate(lines, start=1) if number not in bad)


class _Reading:
    """The lines of one header, and what could not be read so far."""

    def __init__(self, typed: str) -> None:
        self._header = header_lines.split(typed, KEYS)
        self.problems = list(self._header.problems)

    def take(self, key: str, read_value: Callable[[str], T], otherwise: T) -> T:
        value = self._header.value(key)
        if value is None:
            return otherwise
        try:
            return read_value(value)
        except PostError as error:
            self.problems.append(self._header.problem(key, error.sentence))
            return otherwise


def _title(value: str) -> str:
    return checks.check_title(value) if value else ""


def _truth(key: str) -> Callable[[str], bool]:
    return lambda value: checks.check_truth(value, key)


def _date(value: str, post: Post | None, blog: Blog) -> datetime | None:
    # The line shows no seconds; a date left alone keeps its own.
    if post and post.published_at and value == written_date(post):
        return post.published_at
    return checks.check_date(value, blog, "published_date")

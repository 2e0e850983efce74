"""An unsaved text as the thing it would be: what can be read of it, and what cannot, in words."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.utils import timezone

from bearblog.domain.blogs import header as home_header
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import header as post_header
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.header import PostHeader
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.selectors import find_post_by_creation_key
from bearblog.lib import plain_text
from bearblog.lib.header_lines import HeaderProblem

T = TypeVar("T")


@dataclass(frozen=True)
class UnsavedPost:
    """A post that no database knows, its tags, and a sentence for each line that cannot be read."""

    post: Post
    tags: tuple[str, ...]
    problems: tuple[str, ...]


def post_of(blog: Blog, *, subject: str, is_page: bool, header: str, text: str) -> UnsavedPost:
    """The post or page as it would be if it were saved now."""
    stored = _stored(blog, subject)

    def read(typed: str) -> PostHeader:
        return post_header.read(typed, post=stored, blog=blog, is_page=is_page)

    said, problems = _read(header, read)
    post = Post(
        blog=blog,
        title=said.title,
        text=plain_text.tidy(text),
        slug=said.slug or (stored.slug if stored else ""),
        published_at=said.published_at or timezone.now(),
        is_page=said.is_page,
        canonical_url=said.canonical_url,
        meta_description=said.meta_description,
        meta_image=said.meta_image,
        language=said.language,
        class_name=said.class_name,
    )
    return UnsavedPost(post, said.tags, problems)


def dress(blog: Blog, *, subject: str, header: str, text: str) -> tuple[str, ...]:
    """Gives the blog the unsaved home, navigation or footer, in memory only; returns what cannot be read."""
    tidy = plain_text.tidy(text)
    if subject == "nav":
        blog.nav_text = tidy
    elif subject == "footer":
        blog.footer_text = tidy
    else:
        blog.home_text = tidy
        said, problems = _read(header, lambda typed: home_header.read(typed, blog=blog))
        blog.title, blog.favicon, blog.meta_description = said.title, said.favicon, said.meta_description
        return problems
    return ()


def _read(typed: str, read: Callable[[str], T]) -> tuple[T, tuple[str, ...]]:
    """What can be read of the header, and a sentence for each line that cannot."""
    try:
        return read(typed), ()
    except (PostError, BlogError) as error:
        problems = error.problems
        sentences = tuple(map(_sentence, problems)) or (error.sentence,)
    rest = post_header.without_lines(plain_text.tidy(typed), problems)
    try:
        return read(rest), sentences
    except (PostError, BlogError):
        return read(""), sentences


def _sentence(problem: HeaderProblem) -> str:
    line = problem.line_number
    return f"Line {line}: {problem.sentence}" if line else problem.sentence


def _stored(blog: Blog, subject: str) -> Post | None:
    kind, _, key = subject.partition(":")
    if kind != "post":
        return None
    try:
        return find_post_by_creation_key(blog, uuid.UUID(key))
    except ValueError:
        return None

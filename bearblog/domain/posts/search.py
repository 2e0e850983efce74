"""The search within a blog: SQLite's full-text index over titles, tags and bare texts.

The index is a table of its own beside the posts; services keep it, and `rebuild` makes it anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.bare_text import bare_text
from bearblog.domain.posts.models import Post, PostQuerySet
from bearblog.domain.posts.search_marks import Marker
from bearblog.domain.posts.search_words import parted, place_word, read_query, spellings, whole
from bearblog.domain.posts.selectors import published
from bearblog.engines.rendering import inline

MAX_INDEXED = 200_000
# More posts than these that have the words are not weighed one against the other: it would take too long,
# and says little where nearly every post has them.
MOST_WEIGHED = 2_000

_INSERT = """
    INSERT INTO posts_search (rowid, title, tags, text, spellings, place) VALUES (%s, %s, %s, %s, %s, %s)
"""
_DELETE = "DELETE FROM posts_search WHERE rowid = %s"
_MATCHING = "SELECT rowid FROM posts_search WHERE posts_search MATCH %s"
_WEIGHED = f"{_MATCHING} ORDER BY bm25(posts_search, 10.0, 5.0, 1.0, 1.0, 0.0), rowid DESC"


@dataclass(frozen=True)
class Hit:
    """A post that was found, without its text; the words that were asked for are marked in safe HTML."""

    post: Post
    title_html: SafeString
    snippet_html: SafeString


@dataclass(frozen=True)
class SearchResult:
    """One page of what was found, and how many posts were found in all."""

    total: int
    hits: Sequence[Hit]


def search(blog: Blog, query: str, *, limit: int = 20, offset: int = 0) -> SearchResult:
    """The posts and pages that readers can see and that have the words, the best first."""
    asked = read_query(query)
    if not asked.wanted:
        return SearchResult(0, ())
    found = _found(_MATCHING, asked.match(blog.pk))
    if len(found) > MOST_WEIGHED:
        titled = frozenset(_found(_MATCHING, asked.match(blog.pk, "title")))
        ranked = _newest(blog, frozenset(found))
        ranked.sort(key=lambda pk: pk not in titled)
    else:
        seen = set(published(blog).filter(pk__in=found).order_by().values_list("pk", flat=True))
        ranked = [pk for pk in _found(_WEIGHED, asked.match(blog.pk)) if pk in seen]
    page = ranked[offset : offset + limit]
    return SearchResult(len(ranked), _hits(page, Marker(asked)))


def matching(posts: PostQuerySet, query: str, blog: Blog | None = None) -> PostQuerySet:
    """Those of these posts, drafts among them, that have the words; faster where all are of this blog."""
    asked = read_query(query)
    if not asked.wanted:
        return posts.none()
    return posts.filter(pk__in=RawSQL(_MATCHING, [asked.match(blog.pk if blog else None)]))  # noqa: S611 - a constant


def index(post: Post) -> None:
    """Puts the post as it is now into the index."""
    title, text = inline.plain_title(post.title), bare_text(post.text, MAX_INDEXED)
    tags = ", ".join(tag.name for tag in post.tags.all())
    row = [parted(title), parted(tags), parted(text), spellings(f"{title} {tags} {text}")]
    with connection.cursor() as cursor:
        cursor.execute(_DELETE, [post.pk])
        cursor.execute(_INSERT, [post.pk, *row, place_word(post.blog_id)])


def forget(post: Post) -> None:
    """Takes the post out of the index."""
    with connection.cursor() as cursor:
        cursor.execute(_DELETE, [post.pk])


@transaction.atomic
def rebuild() -> int:
    """How many posts are in the index, which was made anew."""
    count = 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM posts_search")
    for post in Post.objects.prefetch_related("tags").iterator(chunk_size=200):
        index(post)
        count += 1
    return count


@transaction.atomic
def sweep() -> int:
    """How many posts were taken out of the index because they went away with their blog."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM posts_search WHERE rowid NOT IN (SELECT id FROM posts_post)")
        return int(cursor.rowcount)


def _found(sql: str, match: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [match])
        return [pk for (pk,) in cursor.fetchall()]


def _newest(blog: Blog, found: frozenset[int]) -> list[int]:
    return [pk for pk in published(blog).values_list("pk", flat=True) if pk in found]


def _hits(pks: Sequence[int], marker: Marker) -> list[Hit]:
    if not pks:
        return []
    posts = {post.pk: post for post in Post.objects.filter(pk__in=pks).without_text()}
    places = ", ".join(["%s"] * len(pks))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, text FROM posts_search WHERE rowid IN ({places})", list(pks))  # noqa: S608 - places only
        texts = {pk: whole(text) for pk, text in cursor.fetchall()}
    return [
        Hit(
            post=posts[pk],
            title_html=marker.marked(inline.plain_title(posts[pk].title)),
            snippet_html=marker.snippet(texts[pk]),
        )
        for pk in pks
        if pk in posts and pk in texts
    ]

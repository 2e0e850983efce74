"""The search over all blogs of the site, for its own pages."""

from django.db.models.expressions import RawSQL

from bearblog.domain.posts.models import PostQuerySet
from bearblog.domain.posts.search_words import read_query

_MATCHING = "SELECT rowid FROM posts_search WHERE posts_search MATCH %s"


def matching_everywhere(posts: PostQuerySet, typed: str) -> PostQuerySet:
    """Those of the posts that have the words; none where the query has no word."""
    asked = read_query(typed)
    if not asked.wanted:
        return posts.none()
    return posts.filter(pk__in=RawSQL(_MATCHING, [asked.match(None)]))  # noqa: S611 - a constant

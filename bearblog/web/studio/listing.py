"""Which posts or pages a list of the studio shows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.roles import Role
from bearblog.domain.posts import search
from bearblog.domain.posts.models import Post, PostQuerySet
from bearblog.domain.posts.selectors import posts_of, with_tags
from bearblog.lib import plain_text
from bearblog.web.studio.access import BlogStudioRequest

POSTS_A_PAGE = 50
STATES = {"": "All", "draft": "Drafts", "published": "Published", "scheduled": "Scheduled"}
MAX_QUERY = 200


@dataclass(frozen=True)
class Filters:
    """What somebody asked to see."""

    query: str = ""
    state: str = ""
    tag: str = ""

    def as_query(self) -> str:
        """The filters as they stand in an address; empty where nothing is filtered."""
        asked = {"q": self.query, "state": self.state, "tag": self.tag}
        return urlencode({name: value for name, value in asked.items() if value})


def read_filters(asked: QueryDict) -> Filters:
    """The filters that an address names; what it says wrongly counts for nothing."""
    state = asked.get("state", "")
    return Filters(
        query=plain_text.one_line(asked.get("q", ""))[:MAX_QUERY],
        state=state if state in STATES else "",
        tag=plain_text.one_line(asked.get("tag", "")),
    )


def own_posts(request: BlogStudioRequest, blog: Blog) -> PostQuerySet:
    """All posts and pages that the person may change, in the order of their lists."""
    posts = posts_of(blog)
    return posts if request.role >= Role.EDITOR else posts.filter(author=request.user)


def filtered(blog: Blog, posts: PostQuerySet, filters: Filters) -> PostQuerySet:
    """Those of the blog's posts that the filters leave."""
    now = timezone.now()
    states = {
        "draft": Q(status=Post.Status.DRAFT),
        "published": Q(status=Post.Status.PUBLISHED, published_at__lte=now),
        "scheduled": Q(status=Post.Status.PUBLISHED, published_at__gt=now),
    }
    if filters.state:
        posts = posts.filter(states[filters.state])
    if filters.tag:
        posts = with_tags(posts, [filters.tag])
    return search.matching(posts, filters.query, blog) if filters.query else posts

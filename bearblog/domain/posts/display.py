"""A post as HTML, for its page and for feeds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bearblog.domain.posts.addresses import post_url
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering import links, markdown, summary

# Characters that a feed shows in full; what goes beyond is summed up, so that no feed takes seconds.
FEED_BUDGET = 1_000_000
_SUMMARISED = 5_000


@dataclass(frozen=True)
class FeedEntry:
    """A post as a feed carries it; `html` is empty where the post is too long for a feed."""

    post: Post
    url: str
    summary: str
    html: str


def body_html(post: Post) -> str:
    """The post's text, rendered and clean."""
    return markdown.render(post.text)


def description(post: Post) -> str:
    """The first words of the post as plain text."""
    return summary.summarise(markdown.render(post.text[:_SUMMARISED]))


def feed_entries(posts: Iterable[Post]) -> Iterator[FeedEntry]:
    """Each post with its address, its first words, and its HTML with absolute links."""
    budget = FEED_BUDGET
    for post in posts:
        url = post_url(post)
        budget -= len(post.text)
        html = links.absolute(body_html(post), url) if budget >= 0 else ""
        yield FeedEntry(post=post, url=url, summary=description(post), html=html)

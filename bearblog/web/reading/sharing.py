"""Plain links by which a reader passes a post on."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.translation import gettext

from bearblog.domain.posts.addresses import post_url
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering.inline import plain_title
from bearblog.web.reading.language import speaking


@dataclass(frozen=True)
class ShareLink:
    """Where a reader tells others of a post."""

    name: str
    url: str


def share_links(post: Post) -> tuple[ShareLink, ...]:
    """The links, each with the post's title and its address."""
    title, url = plain_title(post.title), post.canonical_url or post_url(post)
    with speaking(post.blog, post.language):
        email = gettext("Email")
    both = f"{title} {url}"
    letter = f"subject={quote(title, safe='')}&body={quote(url, safe='')}"
    return (
        ShareLink("X", "https://x.com/intent/post?" + urlencode({"text": title, "url": url})),
        # It asks the reader for the name of their own server.
        ShareLink("Mastodon", f"https://share.joinmastodon.org/#text={quote(both, safe='')}"),
        ShareLink(email, f"mailto:?{letter}"),
    )

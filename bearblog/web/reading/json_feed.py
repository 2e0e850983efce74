"""A feed by the rules of JSON Feed 1.1."""

from bearblog.domain.posts.display import FeedEntry
from bearblog.engines.rendering.inline import plain_title
from bearblog.web.reading.feed import Feed

Document = dict[str, object]


def document(feed: Feed) -> Document:
    """The feed, ready to be written as JSON."""
    return _filled(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.home_url,
            "feed_url": feed.url,
            "description": feed.description,
            "icon": feed.icon,
            "next_url": feed.next_url,
            "language": feed.language,
            "authors": [{"name": feed.author, "url": feed.home_url}],
        }
    ) | {"items": [_item(entry) for entry in feed.entries]}


def _item(entry: FeedEntry) -> Document:
    post = entry.post
    # An item needs a text: where the whole is too long for a feed, its first words stand for it.
    content = {"content_html": entry.html} if entry.html else {"content_text": entry.summary}
    return (
        _filled(
            {
                "id": f"urn:uuid:{post.creation_key}",
                "url": entry.url,
                "external_url": post.canonical_url,
                "title": plain_title(post.title),
                "summary": entry.summary,
                "date_published": post.published_at.isoformat() if post.published_at else "",
                "date_modified": post.updated_at.isoformat(timespec="seconds"),
                "tags": [tag.name for tag in post.tags.all()],
                "language": post.language,
            }
        )
        | content
    )


def _filled(document: Document) -> Document:
    return {name: value for name, value in document.items() if value}

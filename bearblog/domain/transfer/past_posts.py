"""A post of today in the same words as one of the past, so that the two can be laid side by side."""

from dataclasses import fields

from bearblog.domain.posts.models import Post
from bearblog.domain.transfer.records import PostRecord

# What an author decides and sees; in the words of a post's header where there is one.
WORDS = {
    "title": "title",
    "text": "text",
    "slug": "link",
    "is_published": "publish",
    "published_at": "published_date",
    "tags": "tags",
    "alias": "alias",
    "is_page": "is_page",
    "canonical_url": "canonical_url",
    "meta_description": "meta_description",
    "meta_image": "meta_image",
    "language": "lang",
    "class_name": "class_name",
    "is_discoverable": "make_discoverable",
}


def record_of_post(post: Post) -> PostRecord:
    """The post as a record; its tags and other addresses are asked for unless they were fetched with it."""
    same = {one.name for one in fields(PostRecord)} & {one.attname for one in Post._meta.concrete_fields}
    aliases = list(post.aliases.all())
    return PostRecord(
        key=post.creation_key,
        source=f"/{post.slug}/",
        is_published=post.is_published,
        tags=tuple(tag.name for tag in post.tags.all()),
        alias=next((alias.slug for alias in aliases if alias.is_typed), ""),
        former_slugs=tuple(alias.slug for alias in aliases if not alias.is_typed),
        **{name: getattr(post, name) for name in same},
    )


def differing(then: PostRecord, now: PostRecord, unknown: set[str]) -> tuple[str, ...]:
    """In which values the two differ, in the author's words; what the past does not know is left out."""
    return tuple(
        word
        for name, word in WORDS.items()
        if name not in unknown and getattr(then, name) != getattr(now, name)
    )


def written(record: PostRecord) -> str:
    """The record as a text to compare: a line for each value that is set, and then what it says."""
    lines = []
    for name, word in WORDS.items():
        value = getattr(record, name)
        if name == "text" or value in ("", (), None) or (name == "is_page" and not value):
            continue
        lines.append(f"{word}: {_plain(value)}")
    return "\n".join([*lines, "", record.text])


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)

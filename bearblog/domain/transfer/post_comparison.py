"""Two states of one post in the same words, so that they can be laid side by side."""

from collections.abc import Collection

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


def differing(then: PostRecord, now: PostRecord, unknown: Collection[str]) -> tuple[str, ...]:
    """In which values the two differ, in the author's words; what one does not know is left out."""
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

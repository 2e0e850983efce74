"""A post as a Markdown file: what stands above its text, and the file's name."""

from bearblog.domain.posts.models import Post
from bearblog.domain.transfer import front_matter
from bearblog.domain.transfer.front_matter import Value
from bearblog.domain.transfer.other_rows import POST_VALUES
from bearblog.domain.transfer.records import PostRecord

# Names of files end at 255 bytes; a number and the ending come on top.
_LONGEST = 200


def record_from(post: Post) -> PostRecord:
    """The post with its tags and other addresses as plain values."""
    aliases = list(post.aliases.all())
    return PostRecord(
        key=post.creation_key,
        source=f"/{post.slug}/",
        is_published=post.is_published,
        tags=tuple(tag.name for tag in post.tags.all()),
        alias=next((alias.slug for alias in aliases if alias.is_typed), ""),
        former_slugs=tuple(alias.slug for alias in aliases if not alias.is_typed),
        **{name: getattr(post, name) for name in POST_VALUES},
    )


def markdown(record: PostRecord) -> str:
    """The file's content."""
    return front_matter.write(_header(record), record.text)


def free_name(record: PostRecord, taken: set[str]) -> str:
    """The file's name below the blog's folder, which none of the others has; it is taken from now on."""
    folder = "pages" if record.is_page else "posts"
    slug = record.slug.replace("/", "_").encode()[:_LONGEST].decode(errors="ignore")
    name = wanted = f"{folder}/{slug.lstrip('.') or 'post'}"
    number = 2
    while name.casefold() in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name.casefold())
    return f"{name}.md"


def _header(record: PostRecord) -> dict[str, Value]:
    values: dict[str, Value] = {
        "title": record.title,
        "slug": record.slug,
        "alias": record.alias,
        "published_date": record.published_at.isoformat() if record.published_at else "",
        "tags": list(record.tags),
        "publish": record.is_published,
        "make_discoverable": record.is_discoverable,
        "is_page": record.is_page,
        "canonical_url": record.canonical_url,
        "meta_description": record.meta_description,
        "meta_image": record.meta_image,
        "lang": record.language,
        "class_name": record.class_name,
        "first_published_at": record.first_published_at.isoformat() if record.first_published_at else "",
        "created_at": record.created_at.isoformat() if record.created_at else "",
        "updated_at": record.updated_at.isoformat() if record.updated_at else "",
        "former_addresses": list(record.former_slugs),
        "uid": str(record.key),
    }
    return {key: value for key, value in values.items() if value not in ("", [])}

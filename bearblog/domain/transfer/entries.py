"""The parts of an archive of a blog, one file after the other, as text."""

import json
from collections.abc import Iterable, Iterator

from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.models import MediaFile, Variant
from bearblog.domain.posts.models import Post
from bearblog.domain.transfer import bear_table, blog_fields, media_index
from bearblog.domain.transfer.post_files import free_name, markdown, record_from
from bearblog.domain.transfer.records import MediaRecord, StoredRecord, SubscriberLine
from bearblog.lib.spreadsheets import harmless

VERSION = 1
_ONCE = 200

Entry = tuple[str, Iterable[str]]


def everything(blog: Blog, subscribers: Iterable[SubscriberLine]) -> Iterator[Entry]:
    """Each file of the archive but the media, by name, in pieces."""
    yield "manifest.json", [manifest()]
    yield "blog.json", [json.dumps(_about(blog), ensure_ascii=False, indent=1)]
    for name, field in blog_fields.TEXTS.items():
        yield name, [getattr(blog, field)]
    yield from markdown_files(blog)
    yield "posts.csv", bear_csv(blog)
    yield "redirects.csv", _redirects(blog)
    yield "revisions.jsonl", _revisions(blog)
    yield "subscribers.csv", _subscribers(subscribers)
    yield "media.json", [media_index.write_index(_media_record(file) for file in blog_media(blog))]


def manifest() -> str:
    """The file that says what the archive is."""
    about = {"format": "bearblog", "version": VERSION, "exported_at": timezone.now().isoformat()}
    return json.dumps(about, indent=1)


def markdown_files(blog: Blog) -> Iterator[Entry]:
    """Each post and page as a file of its own."""
    taken: set[str] = set()
    for post in _posts(blog):
        record = record_from(post)
        yield free_name(record, taken), [markdown(record)]


def bear_csv(blog: Blog) -> Iterator[str]:
    """Bear's file of posts, piece by piece."""
    return bear_table.rows_as_text(_row(post) for post in _posts(blog))


def blog_media(blog: Blog) -> Iterator[MediaFile]:
    """The blog's files, oldest first, with their variants."""
    files = MediaFile.objects.filter(blog=blog).order_by("uploaded_at", "pk")
    return files.prefetch_related("variants").iterator(chunk_size=_ONCE)


def _posts(blog: Blog) -> Iterator[Post]:
    posts = blog.posts.order_by("created_at", "pk").prefetch_related("tags", "aliases")
    return posts.iterator(chunk_size=_ONCE)


def _row(post: Post) -> list[str]:
    return [
        str(post.creation_key),
        post.title,
        post.slug,
        next((alias.slug for alias in post.aliases.all() if alias.is_typed), ""),
        post.published_at.isoformat() if post.published_at else "",
        json.dumps([tag.name for tag in post.tags.all()], ensure_ascii=False),
        str(post.is_published),
        str(post.is_discoverable),
        str(post.is_page),
        post.text,
        post.canonical_url,
        post.meta_description,
        post.meta_image,
        post.language,
        post.class_name,
        post.first_published_at.isoformat() if post.first_published_at else "",
    ]


def _about(blog: Blog) -> dict[str, object]:
    return {
        "subdomain": blog.subdomain,
        "custom_domain": blog.custom_domain,
        "former_names": [name.subdomain for name in blog.former_names.all()],
        "settings": blog_fields.settings_of(blog_fields.values_of(blog)),
    }


def _redirects(blog: Blog) -> Iterator[str]:
    yield "from,to\r\n"
    for alias in blog.aliases.select_related("post").order_by("slug").iterator():
        yield f"{harmless(f'/{alias.slug}/')},{harmless(f'/{alias.post.slug}/')}\r\n"


def _revisions(blog: Blog) -> Iterator[str]:
    for one in blog.revisions.order_by("saved_at", "pk").iterator(chunk_size=_ONCE):
        about = {"subject": one.subject, "saved_at": one.saved_at.isoformat()}
        yield json.dumps(about | {"header": one.header, "text": one.text}, ensure_ascii=False) + "\n"


def _subscribers(lines: Iterable[SubscriberLine]) -> Iterator[str]:
    yield "email address,subscribed date,confirmed date\r\n"
    for email, subscribed_at, confirmed_at in lines:
        confirmed = confirmed_at.isoformat() if confirmed_at else ""
        yield f"{harmless(email)},{subscribed_at.isoformat()},{confirmed}\r\n"


def _media_record(file: MediaFile) -> MediaRecord:
    variants = tuple(_stored_record(variant) for variant in file.variants.all())
    return MediaRecord(_stored_record(file), file.name, file.alternative_text, file.uploaded_at, variants)


def _stored_record(one: MediaFile | Variant) -> StoredRecord:
    return StoredRecord(one.sha256, one.extension, one.width or 0, one.height or 0)

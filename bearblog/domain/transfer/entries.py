"""The parts of an archive of a blog, one file after the other, as text."""

import json
from collections.abc import Iterable, Iterator

from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.models import MediaFile, Variant
from bearblog.domain.posts.models import Post
from bearblog.domain.transfer import bear_table, blog_fields, front_matter
from bearblog.domain.transfer.front_matter import Value
from bearblog.domain.transfer.records import SubscriberLine
from bearblog.lib.spreadsheets import harmless

VERSION = 1
_ONCE = 200

Entry = tuple[str, Iterable[str]]


def everything(blog: Blog, subscribers: Iterable[SubscriberLine]) -> Iterator[Entry]:
    """Each file of the archive but the media, by name, in pieces."""
    manifest = {"format": "bearblog", "version": VERSION, "exported_at": timezone.now().isoformat()}
    yield "manifest.json", [_json(manifest)]
    yield "blog.json", [_json(_about(blog))]
    for name, field in blog_fields.TEXTS.items():
        yield name, [getattr(blog, field)]
    yield from markdown_files(blog)
    yield "posts.csv", bear_csv(blog)
    yield "redirects.csv", _redirects(blog)
    yield "revisions.jsonl", _revisions(blog)
    yield "subscribers.csv", _subscribers(subscribers)
    yield "media.json", [_json([_about_file(file) for file in blog_media(blog)])]


def markdown_files(blog: Blog) -> Iterator[Entry]:
    """Each post and page as a file of its own."""
    taken: set[str] = set()
    for post in _posts(blog):
        folder = "pages" if post.is_page else "posts"
        name = _free(f"{folder}/{post.slug.replace('/', '_')}", taken)
        yield f"{name}.md", [front_matter.write(_header(post), post.text)]


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


def _header(post: Post) -> dict[str, Value]:
    aliases = list(post.aliases.all())
    values: dict[str, Value] = {
        "title": post.title,
        "slug": post.slug,
        "alias": next((alias.slug for alias in aliases if alias.is_typed), ""),
        "published_date": post.published_at.isoformat() if post.published_at else "",
        "tags": [tag.name for tag in post.tags.all()],
        "publish": post.is_published,
        "make_discoverable": post.is_discoverable,
        "is_page": post.is_page,
        "canonical_url": post.canonical_url,
        "meta_description": post.meta_description,
        "meta_image": post.meta_image,
        "lang": post.language,
        "class_name": post.class_name,
        "first_published_at": post.first_published_at.isoformat() if post.first_published_at else "",
        "created_at": post.created_at.isoformat(),
        "updated_at": post.updated_at.isoformat(),
        "former_addresses": [alias.slug for alias in aliases if not alias.is_typed],
        "uid": str(post.creation_key),
    }
    return {key: value for key, value in values.items() if value not in ("", [])}


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
        "settings": blog_fields.settings_of(blog),
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


def _about_file(file: MediaFile) -> dict[str, object]:
    return _stored(file) | {
        "name": file.name,
        "alternative_text": file.alternative_text,
        "uploaded_at": file.uploaded_at.isoformat(),
        "variants": [_stored(variant) for variant in file.variants.all()],
    }


def _stored(one: MediaFile | Variant) -> dict[str, object]:
    size = {"width": one.width or 0, "height": one.height or 0}
    return {"sha256": one.sha256, "extension": one.extension, **size}


def _free(name: str, taken: set[str]) -> str:
    wanted, number = name, 2
    while name.casefold() in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name.casefold())
    return name


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)

"""The rows of a post: itself, its tags, its other addresses, its place in the search, what it said before."""

from datetime import datetime

from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.services import touch, withdraw
from bearblog.domain.blogs.writing import keep_revision, revisions_of
from bearblog.domain.posts import search, selectors
from bearblog.domain.posts.addresses import revision_subject
from bearblog.domain.posts.header import PostHeader, write
from bearblog.domain.posts.models import Alias, Post, Tag
from bearblog.domain.posts.scoring import score
from bearblog.engines.rendering import inline
from bearblog.lib import slugs

_STATE_FIELDS = ("status", "published_at", "first_published_at")
# A post that readers find elsewhere, at another date, or that nobody should be pointed at any more: what was
# stored of it would lead them astray.
_WHERE_FOUND = ("slug", "published_at", "is_discoverable")
# What an author decides. Likes, and what staff decide, change on their own and are not written over.
_AUTHORS_FIELDS = (
    *_STATE_FIELDS,
    "is_page",
    "title",
    "slug",
    "text",
    "canonical_url",
    "meta_description",
    "meta_image",
    "language",
    "class_name",
    "is_discoverable",
)


def store(post: Post, header: PostHeader, *, text: str, status: str, by: User | None) -> Post:
    """The post with these contents, which have been checked."""
    former_slug, was_public, found_before = post.slug, _was_public(post), where_found(post)
    _keep_former_contents(post)
    _set_state(post, status, header.published_at)
    post.slug = _slug(post, header)
    post.title, post.text, post.is_page = header.title, text, header.is_page
    post.canonical_url, post.language = header.canonical_url, header.language
    post.meta_description, post.meta_image = header.meta_description, header.meta_image
    post.class_name, post.is_discoverable = header.class_name, header.is_discoverable
    _save(post, _AUTHORS_FIELDS)
    _set_tags(post, header.tags)
    _settle_aliases(post, header.alias, former_slug if was_public else "")
    _remember(post, by)
    if found_before and found_before != where_found(post):
        withdraw(post.blog)
    else:
        touch(post.blog)
    return post


def where_found(post: Post) -> tuple[object, ...] | None:
    """Where and since when readers find the post as it is stored, or will find it; None for a draft."""
    stored = Post.objects.filter(pk=post.pk, status=Post.Status.PUBLISHED)
    return stored.values_list(*_WHERE_FOUND).first()


def store_state(post: Post, *, status: str, published_at: datetime | None, by: User | None) -> Post:
    """The post as a draft or published, nothing else changed; the caller touches the blog."""
    _keep_former_contents(post)
    _set_state(post, status, published_at)
    _save(post, _STATE_FIELDS)
    _free_address(post)
    _remember(post, by)
    return post


def store_tags(post: Post, names: tuple[str, ...], by: User | None) -> Post:
    """The post with these tags, nothing else changed; the caller touches the blog."""
    _keep_former_contents(post)
    _set_tags(post, names)
    _save(post, ())
    _remember(post, by)
    return post


def remove(post: Post, by: User | None) -> None:
    """Removes the post; what it said last stays for a while. The caller touches the blog."""
    keep_revision(
        blog=post.blog,
        subject=revision_subject(post),
        header=write(post),
        text=post.text,
        by=by,
        is_last=True,
    )
    search.forget(post)
    post.delete()


def add_former_slug(post: Post, slug: str) -> None:
    """Lets an address that the post had lead to it, unless it leads somewhere already."""
    taken = post.blog.posts.filter(slug=slug).exists() or post.blog.aliases.filter(slug=slug).exists()
    if slug and not taken:
        Alias.objects.create(blog=post.blog, post=post, slug=slug)


def _set_state(post: Post, status: str, published_at: datetime | None) -> None:
    now = timezone.now()
    post.status, post.published_at = status, published_at
    if not post.is_published:
        if post.first_published_at and post.first_published_at > now:
            post.first_published_at = None
        return
    post.published_at = post.published_at or now
    first = post.first_published_at
    # A date that has not come yet was seen by nobody, so it binds nothing.
    is_past = first is not None and first <= now
    post.first_published_at = min(first, post.published_at) if first and is_past else post.published_at


def _slug(post: Post, header: PostHeader) -> str:
    if header.slug is None and post.slug:
        return post.slug
    day = post.published_at or post.created_at
    wanted = header.slug or slugs.make_slug(inline.plain_title(header.title)) or f"{day:%Y-%m-%d}"
    return selectors.free_slug(post.blog, wanted, except_for=post)


def _save(post: Post, fields: tuple[str, ...]) -> None:
    post.updated_at = timezone.now()
    if post._state.adding:
        post.score = score(0, post.first_published_at)
        post.save(force_insert=True)
        return
    post.refresh_from_db(fields=["like_count"])
    post.score = score(post.like_count, post.first_published_at)
    post.save(update_fields=[*fields, "updated_at", "score"])


def _set_tags(post: Post, names: tuple[str, ...]) -> None:
    if list(Tag.objects.filter(post=post).values_list("name", flat=True)) == list(names):
        return
    Tag.objects.filter(post=post).delete()
    # Not in bulk: only so are tags forgotten that were fetched with the post.
    post.tags.add(*(Tag(post=post, name=name, position=at) for at, name in enumerate(names)), bulk=False)


def _settle_aliases(post: Post, typed: str, former_slug: str) -> None:
    _free_address(post)
    post.aliases.filter(is_typed=True).exclude(slug=typed).delete()
    if former_slug and former_slug != post.slug:
        add_former_slug(post, former_slug)
    if typed and typed != post.slug:
        Alias.objects.update_or_create(blog=post.blog, slug=typed, defaults={"post": post, "is_typed": True})


def _free_address(post: Post) -> None:
    # A draft takes no address away from a post that readers can find there.
    if post.is_published and _was_public(post):
        post.blog.aliases.filter(slug=post.slug).delete()


def _remember(post: Post, by: User | None) -> None:
    search.index(post)
    keep_revision(blog=post.blog, subject=revision_subject(post), header=write(post), text=post.text, by=by)


def _keep_former_contents(post: Post) -> None:
    # A post from before there were revisions has none: what it says now must not be lost either.
    if post._state.adding or revisions_of(post.blog, revision_subject(post)).exists():
        return
    stored = selectors.find_post(post.blog, post.pk)
    if stored is not None:
        keep_revision(
            blog=post.blog,
            subject=revision_subject(post),
            header=write(stored),
            text=stored.text,
            by=stored.author,
        )


def _was_public(post: Post) -> bool:
    return post.first_published_at is not None and post.first_published_at <= timezone.now()

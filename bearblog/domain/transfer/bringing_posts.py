"""Posts of the past: what changed gets its old text as a new revision, and what is gone comes back."""

import uuid

from bearblog.domain.accounts.selectors import find_user
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.writing import keep_revision
from bearblog.domain.posts.addresses import revision_subject
from bearblog.domain.posts.details import Details
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.header import write
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import update_post
from bearblog.domain.transfer import placing
from bearblog.domain.transfer.bringing_back import Bringing
from bearblog.domain.transfer.planning import Settler
from bearblog.domain.transfer.records import PostRecord


def bring_changed(blog: Blog, bringing: Bringing) -> None:
    """Gives each chosen post that is there what it said then."""
    there = {post.creation_key: post for post in blog.posts.all()}
    unknown = set(bringing.past.unknown())
    for post in bringing.posts:
        if (now := there.get(post.key)) is not None:
            _update(now, post, unknown, bringing)


def place_gone(blog: Blog, bringing: Bringing) -> list[uuid.UUID]:
    """The keys of the posts that are back, which the search does not know yet."""
    parcel, posts = bringing.parcel, {post.key: post for post in bringing.posts}
    created: list[uuid.UUID] = []
    for records in placing.batches(Settler(blog).settle(parcel, bringing.report)):
        created += placing.place(blog, blog.owner, records)
    for keys in placing.batches(created):
        for post in blog.posts.filter(creation_key__in=keys).prefetch_related("tags", "aliases"):
            then = posts[post.creation_key]
            post.author = find_user(then.author_email) or blog.owner
            post.is_hidden = then.is_hidden
            post.save(update_fields=["author", "is_hidden"])
            subject = revision_subject(post)
            keep_revision(
                blog=blog, subject=subject, header=write(post), text=post.text, by=bringing.wishes.by
            )
    return created


def _update(post: Post, then: PostRecord, unknown: set[str], bringing: Bringing) -> None:
    wishes, report = bringing.wishes, bringing.report
    details: dict[str, object] = {
        name: getattr(then, name) for name in Details.__annotations__ if name not in unknown
    }
    title = post.title
    state = then if wishes.as_published else post
    status = Post.Status.PUBLISHED if state.is_published else Post.Status.DRAFT
    while True:
        try:
            update_post(
                post=post,
                title=then.title,
                text=then.text,
                slug=then.slug,
                status=status,
                published_at=state.published_at or "",
                by=wishes.by,
                **Details(**details),  # type: ignore[typeddict-item]
            )
        except PostError as error:
            field = {"lang": "language"}.get(error.field, error.field)
            if field not in details:
                report.say(f"“{title}” stays as it is: {error.sentence}")
                return
            # One line that today's rules refuse must not keep the words away.
            del details[field]
            report.say(f"“{title}”, {error.field} stays as it is: {error.sentence}")
        else:
            break
    if post.slug != then.slug:
        report.say(f"“{title}”: /{then.slug}/ is taken, so it stands at /{post.slug}/.")
    report.changes.append(f"“{title}”")

"""What differs between a blog as it was at a moment and as it is today."""

import enum
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.selectors import find_blog_by_name
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.other_database import OtherDatabase
from bearblog.domain.transfer.past_parts import PARTS, whole_values
from bearblog.domain.transfer.past_parts import written as written_part
from bearblog.domain.transfer.post_comparison import differing, written
from bearblog.domain.transfer.post_files import record_from
from bearblog.domain.transfer.records import BlogRecord, PostRecord

POST_PREFIX = "post:"
_SHOWN_NAMES = 20


class State(enum.StrEnum):
    """How something of then stands to what is there today."""

    GONE = "gone"
    CHANGED = "changed"
    NEW = "new since"


@dataclass(frozen=True)
class Difference:
    """One thing that differs: by which name it is chosen, what it is, and both texts (empty for none)."""

    name: str
    kind: str
    title: str
    slug: str
    then_slug: str
    state: State
    values: tuple[str, ...]
    then: str
    now: str

    @property
    def can_come_back(self) -> bool:
        """Whether there is something of then to bring back."""
        return self.state is not State.NEW


@dataclass(frozen=True)
class Comparison:
    """The blog of then, that of today (None where it is gone), and what differs."""

    past: BlogRecord
    blog: Blog | None
    differences: tuple[Difference, ...]
    # What the database of then does not know of a post, and which therefore stays as it is.
    unknown: tuple[str, ...]


def find_past_blog(past: OtherDatabase, name: str) -> BlogRecord:
    """The blog that had the name then, or has it today and had another one. Raises TransferError."""
    today = find_blog_by_name(name)
    found = (past.find_blog_made_at(today.created_at) if today else None) or past.find_blog(name)
    if found is None:
        raise TransferError(f"At that moment there was no blog “{name}”. {_which_there_were(past.names())}")
    return found


def find_today(blog: BlogRecord) -> Blog | None:
    """The same blog today; also one of that name which the same owner has made since, else None."""
    # To the microsecond nothing else was made; a blog that was brought back keeps this moment.
    same = Blog.objects.select_related("owner").filter(created_at=blog.created_at).first()
    if same is not None:
        return same
    named = find_blog_by_name(blog.subdomain)
    return named if named and named.owner.email == blog.owner_email else None


def compare_blog(past: OtherDatabase, blog: BlogRecord) -> Comparison:
    """All that differs: parts of the blog first, then what is gone, changed, and new since."""
    today = find_today(blog)
    unknown = past.unknown()
    there = {record.key: record for record in _records(today)}
    found = [] if today is None else _parts(blog, today)
    then_keys = set()
    for post in past.posts(blog):
        then_keys.add(post.key)
        now = there.get(post.key)
        values = differing(post, now, unknown) if now else ()
        if now is None or values:
            found.append(_of_post(now or post, post, now, values))
    found += [_of_post(record, None, record, ()) for key, record in there.items() if key not in then_keys]
    order = list(State)
    found.sort(key=lambda one: (one.name.startswith(POST_PREFIX), order.index(one.state)))
    return Comparison(blog, today, tuple(found), tuple(sorted(unknown)))


def narrow(comparison: Comparison, *, slugs: Collection[str], parts: Collection[str]) -> Comparison:
    """The same with nothing but what stands at these addresses, of today or of then, and these parts.

    Without any it stays whole. Raises TransferError for an address at which nothing differs.
    """
    wanted = {slug.strip("/") for slug in slugs}
    if not wanted and not parts:
        return comparison
    found = comparison.differences
    there = {slug for one in found for slug in (one.slug, one.then_slug)}
    if missing := sorted(wanted - there):
        raise TransferError(
            f"At /{missing[0]}/ nothing differs from that moment. `--blog` alone shows all that does."
        )
    kept = (one for one in found if one.name in parts or wanted & {one.slug, one.then_slug})
    return replace(comparison, differences=tuple(kept))


def names_to_bring(comparison: Comparison) -> frozenset[str]:
    """By which names all that can come back is chosen."""
    return frozenset(one.name for one in comparison.differences if one.can_come_back)


def key_of_name(name: str) -> uuid.UUID | None:
    """The key of the post that is chosen by this name, or None where it is no post's."""
    try:
        return uuid.UUID(name.removeprefix(POST_PREFIX)) if name.startswith(POST_PREFIX) else None
    except ValueError:
        return None


def chosen_posts(past: OtherDatabase, blog: BlogRecord, names: Collection[str]) -> list[PostRecord]:
    """The posts of then that are among the chosen."""
    keys = {key for name in names if (key := key_of_name(name))}
    return [post for post in past.posts(blog) if post.key in keys]


def wanted_texts(blog: BlogRecord, posts: Iterable[PostRecord], names: Collection[str]) -> tuple[str, ...]:
    """All that the chosen posts and parts say, in which files can be named."""
    of_posts = [text for post in posts for text in (post.text, post.meta_image)]
    fields = [name for part in PARTS if part.name in names for name in part.fields]
    return (*of_posts, *(str(blog.values.get(name, "")) for name in fields))


def _which_there_were(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN_NAMES]) or "none"
    more = f" and {len(names) - _SHOWN_NAMES:,} more" if len(names) > _SHOWN_NAMES else ""
    return f"There were: {shown}{more}."


def _records(blog: Blog | None) -> list[PostRecord]:
    if blog is None:
        return []
    posts = blog.posts.order_by("pk").prefetch_related("tags", "aliases")
    return [record_from(post) for post in posts]


def _of_post(
    shown: PostRecord, then: PostRecord | None, now: PostRecord | None, values: tuple[str, ...]
) -> Difference:
    return Difference(
        name=f"{POST_PREFIX}{shown.key}",
        kind="page" if shown.is_page else "post",
        title=shown.title,
        slug=shown.slug,
        then_slug=then.slug if then else "",
        state=State.GONE if now is None else State.NEW if then is None else State.CHANGED,
        values=values,
        then=written(then) if then else "",
        now=written(now) if now else "",
    )


def _parts(then: BlogRecord, today: Blog) -> list[Difference]:
    values = whole_values(today, then.values)
    found = []
    for part in PARTS:
        changed = tuple(name for name in part.fields if values[name] != getattr(today, name))
        if changed:
            now = written_part(part, {name: getattr(today, name) for name in part.fields})
            was = written_part(part, values)
            found.append(Difference(part.name, "part", part.title, "", "", State.CHANGED, changed, was, now))
    return found

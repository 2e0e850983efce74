"""What one database has of a blog and another one lacks: posts, texts of the blog, media files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bearblog.domain.posts.addresses import subject_of_key
from bearblog.domain.transfer import blog_fields, post_files
from bearblog.domain.transfer.other_database import OtherDatabase
from bearblog.domain.transfer.post_comparison import differing
from bearblog.domain.transfer.records import BlogRecord, MediaRecord, PostRecord

# What is kept of each text of a blog stands under this subject; of the head nothing is.
_SUBJECTS = {
    "home_text": "home",
    "nav_text": "nav",
    "footer_text": "footer",
    "css": "styles",
    "post_template": "template",
}


class State(StrEnum):
    """How what is there stands to what is here."""

    ONLY_THERE = "only there"
    NEWER_THERE = "newer there"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Difference:
    """One text that is there and not here, as a file."""

    what: str
    state: State
    file: str
    content: str
    changed_there: datetime | None = None
    changed_here: datetime | None = None
    was_deleted_here: bool = False


@dataclass(frozen=True)
class BlogDifferences:
    """All that only the other database has of one blog."""

    blog: BlogRecord
    is_only_there: bool
    texts: list[Difference]
    media: list[MediaRecord]

    def __bool__(self) -> bool:
        return self.is_only_there or bool(self.texts or self.media)


def compare(
    there: OtherDatabase, here: OtherDatabase, *, since: datetime | None
) -> Iterator[BlogDifferences]:
    """Each blog that is there, with what is not here; with a moment only what changed there from then on.

    Raises TransferError where a newer release wrote one of the two.
    """
    for database in (there, here):
        database.refuse_if_newer()
    for blog in there.blogs():
        names = [blog.subdomain, *there.former_names(blog)]
        own = next((found for name in names if (found := here.find_blog(name))), None)
        texts = [*_texts(there, here, blog, own), *_posts(there, here, blog, own)]
        known = here.media_hashes(own) if own else set()
        media = [file for file in there.media(blog) if file.stored.sha256 not in known]
        yield BlogDifferences(
            blog=blog,
            is_only_there=own is None,
            texts=[
                one for one in texts if since is None or not one.changed_there or one.changed_there >= since
            ],
            media=[file for file in media if since is None or file.uploaded_at >= since],
        )


def _posts(
    there: OtherDatabase, here: OtherDatabase, blog: BlogRecord, own: BlogRecord | None
) -> Iterator[Difference]:
    taken: set[str] = set()
    for post in there.posts(blog):
        known = here.find_post(own, post.key) if own else None
        state = _state_of_post(there, here, blog, own, post, known)
        if state is None:
            continue
        yield Difference(
            what=f"{'page' if post.is_page else 'post'} /{post.slug}/",
            state=state,
            file=post_files.free_name(post, taken),
            content=post_files.markdown(post),
            changed_there=post.updated_at,
            changed_here=known.updated_at if known else None,
            was_deleted_here=known is None and own is not None and here.had_post(own, post.key),
        )


def _state_of_post(
    there: OtherDatabase,
    here: OtherDatabase,
    blog: BlogRecord,
    own: BlogRecord | None,
    post: PostRecord,
    known: PostRecord | None,
) -> State | None:
    if own is None or known is None:
        return State.ONLY_THERE
    # Moments of saving differ without anybody having written anything.
    if not differing(post, known, there.unknown()) and post.former_slugs == known.former_slugs:
        return None
    if post.updated_at and known.updated_at and post.updated_at > known.updated_at:
        return State.NEWER_THERE
    return None if _is_kept(there, here, blog, own, subject_of_key(post.key), post.text) else State.DIFFERS


def _texts(
    there: OtherDatabase, here: OtherDatabase, blog: BlogRecord, own: BlogRecord | None
) -> Iterator[Difference]:
    for file, field in blog_fields.TEXTS.items():
        text, known = (str(one.values.get(field, "")) if one else "" for one in (blog, own))
        subject = _SUBJECTS.get(field, "")
        if not text or text == known:
            continue
        if own and _is_kept(there, here, blog, own, subject, text):
            continue
        changed_there, changed_here = _saved(there, blog, subject), _saved(here, own, subject)
        yield Difference(
            what=file,
            state=_state_of_text(known, changed_there, changed_here),
            file=file,
            content=text,
            changed_there=changed_there,
            changed_here=changed_here,
        )


def _state_of_text(known: str, there: datetime | None, here: datetime | None) -> State:
    if not known:
        return State.ONLY_THERE
    return State.NEWER_THERE if there and (here is None or there > here) else State.DIFFERS


def _saved(database: OtherDatabase, blog: BlogRecord | None, subject: str) -> datetime | None:
    newest = database.newest_revision(blog, subject) if blog else None
    return newest.saved_at if newest else None


def _is_kept(
    there: OtherDatabase, here: OtherDatabase, blog: BlogRecord, own: BlogRecord, subject: str, text: str
) -> bool:
    """Whether this box had the same and went on from it: then nothing of it is only there."""
    newest = there.newest_revision(blog, subject)
    header = newest.header if newest and newest.text == text else None
    return here.keeps(own, subject, header, text)

"""What shall come back from the past: what was wished for, and what that comes to."""

from dataclasses import dataclass, replace

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.transfer.other_database import OtherDatabase
from bearblog.domain.transfer.past_differences import chosen_posts, find_today, wanted_texts
from bearblog.domain.transfer.past_parcel import FetchMedia, PastParcel
from bearblog.domain.transfer.planning import Report
from bearblog.domain.transfer.records import BlogRecord, PostRecord


@dataclass(frozen=True)
class Wishes:
    """What shall come back, by the names of the differences, in whose name, and how.

    Without `as_published` nothing becomes public by coming back: what is gone comes as a draft, what changed
    stays what it is. `owner` takes a blog that is gone together with its owner.
    """

    names: frozenset[str]
    by: User | None
    as_published: bool = False
    owner: User | None = None


@dataclass(frozen=True)
class Bringing:
    """What is to be brought back: of which blog, which posts of it, and what is said of it."""

    past: OtherDatabase
    then: BlogRecord
    today: Blog | None
    wishes: Wishes
    posts: tuple[PostRecord, ...]
    parcel: PastParcel
    report: Report


def plan_bringing(past: OtherDatabase, then: BlogRecord, wishes: Wishes, fetch: FetchMedia) -> Bringing:
    """Looks up what was wished for; changes nothing."""
    today = find_today(then)
    posts = tuple(chosen_posts(past, then, wishes.names))
    there = set(today.posts.values_list("creation_key", flat=True)) if today else set()
    gone = tuple(_as_wished(post, wishes) for post in posts if post.key not in there)
    texts = wanted_texts(then, posts, wishes.names) if today else None
    parcel = PastParcel(past, then, gone, texts, fetch)
    return Bringing(past, then, today, wishes, posts, parcel, Report(parcel.kind))


def _as_wished(record: PostRecord, wishes: Wishes) -> PostRecord:
    return record if wishes.as_published else replace(record, is_published=False)

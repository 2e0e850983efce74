"""A long list, twenty at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from bearblog.domain.posts.models import Post, PostQuerySet

PAGE_SIZE = 20
_MOST_PAGES = 100_000


@dataclass(frozen=True)
class Paging:
    """Where one stands in a list: the paths of the pages before and after, empty where none is."""

    number: int
    previous: str
    next: str

    @property
    def query(self) -> str:
        """What the page's own address ends with."""
        return f"?page={self.number}" if self.number > 1 else ""


def page_of(posts: PostQuerySet, asked: QueryDict, path: str, **kept: str) -> tuple[Sequence[Post], Paging]:
    """The posts of the page that is asked for, with their tags. Raises Http404 for a page there is not."""
    number = page_number(asked)
    start = (number - 1) * PAGE_SIZE
    # One more than is shown tells whether there is a next page; to count them all would take a query.
    found = list(posts.window(start, start + PAGE_SIZE + 1).without_text().prefetch_related("tags"))
    if number > 1 and not found:
        raise Http404
    return found[:PAGE_SIZE], paging(number, len(found) > PAGE_SIZE, path, **kept)


def page_number(asked: QueryDict) -> int:
    """The page that is asked for. Raises Http404 for one that cannot be."""
    typed = asked.get("page", "1")
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed[:9]) <= _MOST_PAGES:
        raise Http404
    return int(typed[:9])


def paging(number: int, has_more: bool, path: str, **kept: str) -> Paging:
    """Where this page stands; the other parts of the query are kept."""
    return Paging(
        number=number,
        previous=_link(path, number - 1, kept) if number > 1 else "",
        next=_link(path, number + 1, kept) if has_more else "",
    )


def _link(path: str, number: int, kept: dict[str, str]) -> str:
    parts = {name: value for name, value in kept.items() if value}
    if number > 1:
        parts["page"] = str(number)
    return f"{path}?{urlencode(parts)}" if parts else path

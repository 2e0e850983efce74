"""The tags in a list's `?q=a,b,-c`: which are asked for, and the links to one more or one less."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

# More would be no list but a search, and endless paths for crawlers.
MOST = 3
# What somebody types may have more, but not so many that the database has to give up.
MOST_TYPED = 10
MOST_LINKS = 500


@dataclass(frozen=True)
class Filter:
    """The posts with all of the wanted tags and none of the unwanted ones."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    @property
    def typed(self) -> str:
        """The filter as it stands in the query."""
        return ",".join((*self.wanted, *(f"-{name}" for name in self.unwanted)))


@dataclass(frozen=True)
class FilterLink:
    """A tag, and the address of the list with it added to the filter or taken out."""

    name: str
    url: str
    is_unwanted: bool = False


def read(typed: str) -> Filter:
    """The filter in the query, of its first tags; without words it holds nothing back."""
    names = [name for part in typed.split(",") if (name := " ".join(part.split()))][:MOST_TYPED]
    wanted = [name for name in names if not name.startswith("-")]
    unwanted = [name[1:].strip() for name in names if name.startswith("-") and name[1:].strip()]
    return Filter(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def active_links(path: str, chosen: Filter) -> list[FilterLink]:
    """Each tag of the filter with the address that takes it out."""
    links = []
    for name in chosen.wanted:
        rest = tuple(other for other in chosen.wanted if other != name)
        links.append(FilterLink(name, _url(path, Filter(rest, chosen.unwanted))))
    for name in chosen.unwanted:
        rest = tuple(other for other in chosen.unwanted if other != name)
        links.append(FilterLink(name, _url(path, Filter(chosen.wanted, rest)), is_unwanted=True))
    return links


def further_links(path: str, chosen: Filter, names: Sequence[str]) -> list[FilterLink]:
    """Each other tag with the address that adds it; none once three are chosen."""
    if len(chosen.wanted) + len(chosen.unwanted) >= MOST:
        return []
    others = (name for name in names if name not in chosen.wanted and "," not in name)
    return [
        FilterLink(name, _url(path, Filter((*chosen.wanted, name), chosen.unwanted)))
        for name in itertools.islice(others, MOST_LINKS)
    ]


def _url(path: str, chosen: Filter) -> str:
    return f"{path}?{urlencode({'q': chosen.typed})}" if chosen else path

"""A blog's finished pages on disk: which version readers see, and what must be seen by nobody any more."""

import contextlib
import time
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from bearblog.domain.blogs import selectors
from bearblog.domain.blogs.models import Blog
from bearblog.engines.pagecache import again, links, trimming
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.places import Place

MAIN_SITE = "main"
# The main site's pages are made anew by the clock: they show what many blogs do.
MAIN_SECONDS = 60


def pages() -> Pages:
    """Where the pages of this release lie."""
    return Pages(settings.CACHE_DIR, settings.PAGES_KEY)


def place_of(blog: Blog, host: str, path: str) -> Place:
    """The place of a page of the blog as it is now."""
    return Place(str(blog.pk), blog.version, blog.withdrawn_version, host, path)


def main_place(path: str) -> Place:
    """The place of a page of the main site in this minute."""
    return Place(MAIN_SITE, int(time.time()) // MAIN_SECONDS, 1, settings.MAIN_HOST, path)


def settle(pk: int, left: Collection[str] = frozenset()) -> None:
    """Lets readers see the blog's newest version, at its hosts and no longer at those that it has left.

    Raises OSError where the folder cannot be made; no old page is served then.
    """
    _swing(pk, left)
    links.ensure_current(pages())


def settle_main() -> None:
    """Lets readers see this minute's pages of the main site."""
    own, place = pages(), main_place("/")
    site = Site(MAIN_SITE, place.version, place.epoch, frozenset([place.host]))
    if not links.is_right(own, site):
        links.swing(own, MAIN_SITE, lambda: site)


def hide_last_copies(blog: Blog, left: Collection[str] = frozenset()) -> None:
    """Takes the blog's last good copies out of sight, before what they show is taken away. Raises OSError."""
    # Where something else lies in the folder's place, nobody is shown anything.
    with contextlib.suppress(NotADirectoryError):
        links.hide_last(pages(), selectors.hosts_of(blog) | {*left})


def forget_main() -> None:
    """Removes the main site's pages of this minute, and its last good copies. Raises OSError."""
    clear([settings.MAIN_HOST])


def clear(hosts: Collection[str] | None = None) -> int:
    """How many pages, last good copies among them, were removed: of these hosts, or all. Raises OSError."""
    return trimming.clear(pages(), hosts)


def clear_blog(pk: int) -> int:
    """How many pages were removed, at all hosts that lead to the blog with this number. Raises OSError."""
    return clear(_leading().get(str(pk), ()))


def ask_again(blog: Blog, path: str) -> None:
    """Asks the worker to make one page once more in its place, for a change that makes no new version.

    Raises OSError.
    """
    again.ask(pages(), str(blog.pk), path)


def is_as_healed() -> bool:
    """Whether the folders from which readers are served are those that `heal` last saw to as a whole."""
    own = pages()
    return own.current.is_symlink() and links.is_marked(own)


def is_open() -> bool:
    """Whether readers are served the pages of this release, and no other's."""
    own = pages()
    return own.current.is_symlink() and own.current.readlink().name == own.key


def open_pages() -> bool:
    """Whether readers, who see this release's pages now, saw another's until now. Raises OSError."""
    heal()
    return links.open_key(pages())


def wrong_sites(changed_since: datetime | None = None) -> list[Site]:
    """The blogs whose hosts lead elsewhere than they should; of all blogs, or of those changed since."""
    own = pages()
    return [site for site in selectors.sites(changed_since) if not links.is_right(own, site)]


@dataclass(frozen=True)
class Link:
    """Where a host leads: to pages, and to last good copies."""

    host: str
    targets: tuple[str | None, str | None]


def wrong_links() -> set[Link]:
    """Each host that leads elsewhere than it should, of all blogs, and where."""
    own = pages()
    return {Link(host, links.targets(own, host)) for site in wrong_sites() for host in site.hosts}


def heal(changed_since: datetime | None = None) -> int:
    """How many blogs' links were wrong and are right now; of all blogs, or of those changed since.

    Raises OSError.
    """
    if changed_since is None:
        # Before the first look: folders that are lost while it is under way are lost with their mark.
        links.mark(pages())
    wrong = wrong_sites(changed_since)
    leading = _leading() if wrong else {}
    for site in wrong:
        # A host that the blog has left may still lead to it.
        _swing(int(site.name), left=leading.get(site.name, ()))
    if changed_since is None:
        links.drop_strangers(pages(), selectors.page_hosts() | {settings.MAIN_HOST})
    links.ensure_current(pages())
    return len(wrong)


def _swing(pk: int, left: Collection[str]) -> None:
    links.swing(pages(), str(pk), lambda: selectors.find_site(pk), left=left)


def _leading() -> dict[str, list[str]]:
    """The hosts that lead to each site now."""
    hosts = defaultdict(list)
    for host, (name, _) in links.linked(pages()).items():
        hosts[name].append(host)
    return hosts

"""The links that say which version of a site readers see. Each change is made under the site's lock."""

import logging
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from bearblog.engines.pagecache import files
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.lib import file_lock

logger = logging.getLogger(__name__)

_PATIENCE = 5.0
# No host has such a name.
_MARK = ".seen-to"


def swing(
    pages: Pages, name: str, read: Callable[[], Site | None], *, left: Collection[str] = frozenset()
) -> None:
    """Lets the hosts of a site lead to its newest version, as `read` finds it under the lock.

    Hosts that it may have left lead there no longer; for None it has left all. Where that cannot be done,
    no stored page of the site is served.
    """
    try:
        with file_lock.held(pages.locks / name, wait=_PATIENCE):
            _settle(pages, name, read(), left)
    except (OSError, file_lock.Busy) as error:
        logger.error("The pages of site %s could not be set right: %r", name, error)
        _unlink_all(pages, name)


def _settle(pages: Pages, name: str, site: Site | None, left: Collection[str]) -> None:
    hosts = site.hosts if site else frozenset()
    for host in {*left} - hosts:
        _unlink(pages.hosts / host, name)
        _unlink(pages.last / host, name)
    for folder in pages.other_keys():
        for host in {*left} | hosts:
            # Another release's pages stay while they are of this version; a later one they know nothing of.
            if site is None or host not in hosts or _leads(folder / "hosts" / host) != (name, site.version):
                _unlink(folder / "hosts" / host, name)
    if site is None:
        return
    for host in hosts:
        _point(pages.hosts / host, f"../sites/{name}/{site.version}/{host}")
        _point(pages.last / host, f".sites/{name}/{site.epoch}/{host}")


def hide_last(pages: Pages, hosts: Iterable[str]) -> None:
    """Takes the last good copies of these hosts out of sight at once. Raises OSError."""
    for host in hosts:
        (pages.last / host).unlink(missing_ok=True)


def linked(pages: Pages) -> dict[str, tuple[str, int]]:
    """Site and version that each host leads to now."""
    found = ((link.name, _leads(link)) for link in _in(pages.hosts))
    return {host: leads for host, leads in found if leads}


def drop_strangers(pages: Pages, hosts: Collection[str]) -> int:
    """How many links were removed of hosts that are not among these, which are all there are."""
    strangers = [
        link for link in (*_in(pages.hosts), *_in(pages.last)) if link.name not in hosts and link.is_symlink()
    ]
    for link in strangers:
        link.unlink(missing_ok=True)
    return len(strangers)


def is_right(pages: Pages, site: Site) -> bool:
    """Whether every host of the site leads where it should."""
    return all(
        targets(pages, host)
        == (f"../sites/{site.name}/{site.version}/{host}", f".sites/{site.name}/{site.epoch}/{host}")
        for host in site.hosts
    )


def targets(pages: Pages, host: str) -> tuple[str | None, str | None]:
    """Where the host's links to pages and to last good copies lead; None for one that there is not."""
    return files.target(pages.hosts / host), files.target(pages.last / host)


def open_key(pages: Pages) -> bool:
    """Whether readers saw another release's pages until now; they see this one's from here on."""
    if files.target(pages.current) == pages.key:
        return False
    files.make_folder(pages.hosts)
    files.point(pages.current, pages.key)
    return True


def ensure_current(pages: Pages) -> None:
    """Makes `current` where there is none, so that a deleted folder comes back by itself. Raises OSError."""
    if files.target(pages.current) is None:
        open_key(pages)


def mark(pages: Pages) -> None:
    """Leaves a mark in the folders of the links, which is lost with them. Raises OSError."""
    for folder in (pages.hosts, pages.last):
        files.write(folder / _MARK, b"")


def is_marked(pages: Pages) -> bool:
    """Whether the folders of the links are those that were marked, not others made since in their place."""
    return all((folder / _MARK).is_file() for folder in (pages.hosts, pages.last))


def _point(name: Path, target: str) -> None:
    if files.target(name) != target:
        files.point(name, target)


def _unlink(link: Path, name: str) -> None:
    # A host may have passed to another site meanwhile.
    if (found := _leads(link)) and found[0] == name:
        link.unlink(missing_ok=True)


def _unlink_all(pages: Pages, name: str) -> None:
    folders = [pages.hosts, pages.last, *(other / "hosts" for other in pages.other_keys())]
    try:
        for link in (link for folder in folders for link in _in(folder)):
            _unlink(link, name)
    except OSError:
        logger.exception("Old pages of site %s may still be served", name)


def _in(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _leads(link: Path) -> tuple[str, int] | None:
    """Site and number that the link leads to; None for what is no such link."""
    parts = (files.target(link) or "").split("/")
    return (parts[-3], int(parts[-2])) if len(parts) >= 4 and parts[-2].isdigit() else None

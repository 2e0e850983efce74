"""Keeps the cache small: versions that nobody reads any more go, then what was not read for longest."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bearblog.engines.pagecache import files, places
from bearblog.engines.pagecache.layout import Pages

# A reader who has just been given a page may ask for it again; a late render may still write.
SECONDS_LEFT = 60
SECONDS_OF_OLD_KEY = 3600
# Trimming goes below the limit, so that it is not called for again at once.
_ROOM = 0.9
_GONE = ".gone-"


@dataclass(frozen=True)
class Size:
    """How many pages lie on disk, in how many files of how many bytes."""

    pages: int = 0
    files: int = 0
    bytes: int = 0

    def exceeds(self, most_bytes: float, most_files: float) -> bool:
        """Whether this is more than either limit."""
        return self.bytes > most_bytes or self.files > most_files


@dataclass(frozen=True, slots=True)
class _Page:
    # A page with its compressed forms and tags; when one of them was last read, in seconds of the epoch.
    name: str
    read_at: float
    files: int
    bytes: int


def size(pages: Pages) -> Size:
    """What the pages of all releases and versions take, the last good copies among them."""
    number = count = total = 0
    for page in _pages_in(pages):
        number, count, total = number + 1, count + page.files, total + page.bytes
    return Size(number, count, total)


def sweep(pages: Pages, now: float) -> int:
    """How many folders were removed that no link leads to any more: old versions and old releases."""
    gone = [*_left(pages.sites, pages.hosts, now), *_left(pages.last_sites, pages.last, now)]
    gone += _half_removed(pages, now)
    current = files.target(pages.current)
    for key in pages.other_keys():
        if key.name != current and now - key.stat().st_mtime > SECONDS_OF_OLD_KEY:
            gone.append(key)
    for folder in gone:
        _remove(folder)
    return len(gone)


def trim(pages: Pages, *, most_bytes: int, most_files: int) -> int:
    """How many pages were dropped, those not read for longest, until the rest fits the limits.

    When a page was last read is known as well as the file system tells: to the day (mount(8), relatime).
    """
    left = size(pages)
    if not left.exceeds(most_bytes, most_files):
        return 0
    dropped = 0
    for page in sorted(_pages_in(pages), key=lambda page: page.read_at):
        if not left.exceeds(most_bytes * _ROOM, most_files * _ROOM):
            break
        _drop(Path(page.name))
        left = Size(left.pages - 1, left.files - page.files, left.bytes - page.bytes)
        dropped += 1
    return dropped


def clear(pages: Pages, hosts: Collection[str] | None = None) -> int:
    """How many pages were removed: those of these hosts, or all there are. Raises OSError."""
    if hosts is None:
        folders = [pages.sites, pages.assets, pages.last_sites]
    else:
        links = (folder / host for host in hosts for folder in (pages.hosts, pages.last))
        folders = [link.resolve() for link in links if link.is_symlink()]
    # Out of sight first, all of them: to count and to remove takes a millisecond a page.
    gone = [hidden for folder in folders if (hidden := _hide(folder))]
    number = sum(1 for folder in gone for _ in _pages_under(folder))
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return number


def _left(sites: Path, links: Path, now: float) -> Iterator[Path]:
    """The versions that were left more than a minute ago."""
    read: set[str] = set()
    since: dict[str, float] = {}
    for link in _entries(links):
        *_, name, number, _ = ("", "", *(files.target(link) or "").split("/"))
        read.add(f"{name}/{number}")
        with contextlib.suppress(OSError):
            since[name] = max(link.lstat().st_mtime, since.get(name, 0.0))
    for site in _entries(sites):
        for version in _entries(site):
            if f"{site.name}/{version.name}" not in read:
                left_at = since.get(site.name) or version.stat().st_mtime
                if now - left_at > SECONDS_LEFT or version.name.startswith(_GONE):
                    yield version


def _half_removed(pages: Pages, now: float) -> Iterator[Path]:
    """What a process that ended before its time has left out of sight."""
    for folder in (pages.all_keys, pages.own, pages.last):
        for entry in _entries(folder):
            # A rename changes no other time of a folder.
            if entry.name.startswith(_GONE) and now - entry.stat().st_ctime > SECONDS_LEFT:
                yield entry


def _remove(folder: Path) -> None:
    if gone := _hide(folder):
        shutil.rmtree(gone, ignore_errors=True)


def _hide(folder: Path) -> Path | None:
    """Where the folder lies now, under a name that nobody reads; None where there was none."""
    try:
        return folder.rename(folder.with_name(f"{_GONE}{secrets.token_hex(8)}"))
    except FileNotFoundError:
        return None


def _drop(page: Path) -> None:
    for name in (page, *(Path(f"{page}{sidecar}") for sidecar in _FORMS)):
        name.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        page.parent.rmdir()


def _pages_in(pages: Pages) -> Iterator[_Page]:
    for key in (pages.own, *pages.other_keys()):
        yield from _pages_under(key / pages.sites.name)
    yield from _pages_under(pages.assets)
    yield from _pages_under(pages.last_sites)


def _pages_under(folder: Path | str) -> Iterator[_Page]:
    forms: dict[str, list[os.DirEntry[str]]] = {}
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _pages_under(entry.path)
        elif entry.is_file(follow_symlinks=False):
            forms.setdefault(_page_of(entry.path), []).append(entry)
    for name, found in forms.items():
        with contextlib.suppress(OSError):
            yield _weigh(name, found)


def _weigh(name: str, found: list[os.DirEntry[str]]) -> _Page:
    stats = [entry.stat(follow_symlinks=False) for entry in found]
    # A last good copy is another name of the page's file, as long as that is there.
    total = sum(stat.st_size // stat.st_nlink for stat in stats)
    return _Page(name, max(stat.st_atime for stat in stats), len(found), total)


def _page_of(file: str) -> str:
    file = file.removesuffix(".etag")
    return next((file.removesuffix(end) for end in places.SIDECARS if file.endswith(end)), file)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


_FORMS = (".br", ".gz", ".etag", ".br.etag", ".gz.etag")

"""One of the stored pages by chance, found without a look at all of them."""

import os
import random
from dataclasses import dataclass
from pathlib import Path

from bearblog.engines.pagecache import files, places
from bearblog.engines.pagecache.layout import Pages

# Many a host has no page stored at all.
_MOST_HOSTS = 20


@dataclass(frozen=True)
class Sample:
    """A stored page that readers see: of which site it is, and what tells this writing of it from another."""

    site: str
    host: str
    path: str
    file: Path
    leads_to: str
    written: tuple[int, int]


def pick(pages: Pages, *, most_bytes: int) -> Sample | None:
    """A page by chance, none that is larger; None where none was found."""
    try:
        links = list(pages.hosts.iterdir())
    except OSError:
        return None
    for link in random.sample(links, min(_MOST_HOSTS, len(links))):
        leads_to = files.target(link) or ""
        file = _walk(link) if leads_to.startswith("../sites/") else None
        if file and (sample := _sample(link, leads_to, file, most_bytes)):
            return sample
    return None


def read(pages: Pages, sample: Sample) -> bytes | None:
    """The page's bytes, as long as it is the same writing of it and readers see it; else None."""
    try:
        is_left = files.target(pages.hosts / sample.host) != sample.leads_to
        if is_left or _written(sample.file) != sample.written:
            return None
        return sample.file.read_bytes()
    except OSError:
        return None


def _walk(folder: Path) -> Path | None:
    """The first page on a way down that is drawn by lot at each fork."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return None
    random.shuffle(entries)
    for entry in entries:
        file = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if found := _walk(file):
                return found
        elif not entry.name.startswith(".") and file.suffix not in places.SIDECARS:
            return file
    return None


def _sample(link: Path, leads_to: str, file: Path, most_bytes: int) -> Sample | None:
    path = f"/{file.relative_to(link)}"
    if file.name in places.INDEXES:
        path = path.removesuffix(file.name)
    try:
        if file.stat().st_size > most_bytes:
            return None
        return Sample(Path(leads_to).parts[2], link.name, path, file, leads_to, _written(file))
    except OSError:
        return None


def _written(file: Path) -> tuple[int, int]:
    stat = file.stat()
    return stat.st_ino, stat.st_mtime_ns

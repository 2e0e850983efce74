"""Pages that changed a little and should be made once more in their place: a file for each."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bearblog.engines.pagecache import files, places
from bearblog.engines.pagecache.layout import Pages


@dataclass(frozen=True)
class Asked:
    """A page of a site that should be made once more, and since when (seconds of the epoch)."""

    site: str
    path: str
    since: float


def ask(pages: Pages, site: str, path: str) -> None:
    """Asks for the page to be made once more; asking twice is asking once. Raises OSError."""
    file = _file(pages, site, path)
    if not file.exists():
        files.write(file, f"{site}\n{path}".encode())


def asked(pages: Pages) -> list[Asked]:
    """The pages that wait to be made once more, the longest first."""
    found = []
    for file in pages.again.glob("[0-9a-f]*") if pages.again.is_dir() else ():
        try:
            site, _, path = file.read_text(encoding="utf-8").partition("\n")
            found.append(Asked(site, path, file.stat().st_mtime))
        except FileNotFoundError:
            continue
    return sorted(found, key=lambda one: one.since)


def take(pages: Pages, one: Asked) -> None:
    """Forgets that the page was asked for; what changes from here on is asked for anew. Raises OSError."""
    _file(pages, one.site, one.path).unlink(missing_ok=True)


def is_asked(pages: Pages, site: str, path: str) -> bool:
    """Whether the page waits to be made once more."""
    return _file(pages, site, path).exists()


def hosts_with(pages: Pages, site: str, path: str) -> list[str]:
    """The hosts at which readers find the page stored."""
    if not places.is_storable(path) or not pages.hosts.is_dir():
        return []
    return [
        host.name
        for version in (pages.sites / site).glob("*")
        for host in version.glob("*")
        if any(file.exists() for file in places.files_at(pages.hosts / host.name, path))
    ]


def _file(pages: Pages, site: str, path: str) -> Path:
    return pages.again / hashlib.sha256(f"{site}\n{path}".encode()).hexdigest()

"""What lies on disk and what was done, in numbers."""

import os
from dataclasses import dataclass

from bearblog.engines.pagecache import counts, files, trimming
from bearblog.engines.pagecache.layout import Pages


@dataclass(frozen=True)
class Figures:
    """The key whose pages readers see, and numbers: of sites, pages, files, bytes, and of what was done."""

    key: str
    current: str | None
    sites: int
    pages: int
    last_copies: int
    files: int
    bytes: int
    renders: int
    found: int
    stored: int
    written: int


def gather(pages: Pages) -> Figures:
    """The figures of all releases that lie here; `sites` are those of which this one has pages."""
    size, totals = trimming.size(pages), counts.totals(pages)
    last_copies = sum(len(names) for _, _, names in os.walk(pages.last_sites))
    return Figures(
        key=pages.key,
        current=files.target(pages.current),
        sites=sum(1 for _ in pages.sites.iterdir()) if pages.sites.is_dir() else 0,
        pages=size.pages - last_copies,
        last_copies=last_copies,
        files=size.files,
        bytes=size.bytes,
        renders=totals.renders,
        found=totals.found,
        stored=totals.stored,
        written=totals.written,
    )

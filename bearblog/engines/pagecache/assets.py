"""What is named by its own content, and therefore belongs to no version: style sheets."""

import logging
from pathlib import Path

from bearblog.engines.pagecache import counts, places, stored
from bearblog.engines.pagecache.layout import Pages

logger = logging.getLogger(__name__)


def write(pages: Pages, path: str, body: bytes) -> bool:
    """Whether the asset lies on disk now under its path ("/style/<hash>.css"); what goes wrong is logged."""
    file = _file(pages, path)
    if file is None:
        return False
    try:
        size = stored.write_with_sidecars(file, body)
    except OSError as error:
        logger.warning("An asset is not stored: %s", error)
        return False
    counts.count(pages, stored=1, written=size)
    return True


def read(pages: Pages, path: str) -> bytes | None:
    """The content of the asset at this path, or None."""
    file = _file(pages, path)
    try:
        return file.read_bytes() if file else None
    except OSError:
        return None


def _file(pages: Pages, path: str) -> Path | None:
    is_file = places.is_storable(path) and not path.endswith("/")
    return pages.assets / path[1:] if is_file else None

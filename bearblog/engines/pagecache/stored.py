"""Pages as they lie on disk: the page, its compressed forms, and the tag of each."""

import gzip
import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

import brotli

from bearblog.engines.pagecache import counts, files, places
from bearblog.engines.pagecache.layout import Pages
from bearblog.engines.pagecache.places import Place

logger = logging.getLogger(__name__)

# At 5 a page of 10 KB takes half a millisecond; at 11, thirty, for a tenth less.
_BROTLI_QUALITY = 5
_GZIP_LEVEL = 6
# What fits one packet anyway is not worth three files.
LEAST_COMPRESSED = 1000

# What Caddy says for these endings, too.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class StoredPage:
    """A page as it was stored. Of a feed the type says no more than its ending does."""

    body: bytes
    content_type: str
    etag: str


def etag_of(body: bytes) -> str:
    """The entity tag of this content, in its quotes (RFC 9110, 8.8.3)."""
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def read(pages: Pages, place: Place) -> StoredPage | None:
    """The page at this place, or None."""
    if not places.is_storable(place.path):
        return None
    for file in places.files_at(place.folder(pages), place.path):
        try:
            body = file.read_bytes()
        except OSError:
            continue
        return StoredPage(body, _TYPES[file.suffix], etag_of(body))
    return None


def write(pages: Pages, place: Place, body: bytes, content_type: str) -> bool:
    """Whether the page lies on disk now and, if readers see it, as the last good copy too; logs failures."""
    file = places.file_in(place.folder(pages), place.path, content_type)
    last = places.file_in(place.last_folder(pages), place.path, content_type)
    if file is None or last is None or not places.is_storable(place.path):
        return False
    try:
        size = write_with_sidecars(file, body)
        # A late render is no good copy: what it shows has been changed since.
        if files.target(pages.hosts / place.host) == place.link:
            files.link(last, file)
    except OSError as error:
        logger.warning("A page of %s is not stored: %s", place.host, error)
        return False
    counts.count(pages, stored=1, written=size)
    return True


def write_with_sidecars(file: Path, body: bytes) -> int:
    """How many bytes the file, its compressed forms and their tags take. Raises OSError."""
    etag = etag_of(body)
    size = _write_tagged(file, body, etag)
    br, packed = Path(f"{file}.br"), Path(f"{file}.gz")
    if len(body) < LEAST_COMPRESSED:
        br.unlink(missing_ok=True)
        packed.unlink(missing_ok=True)
        return size
    # Each form has a tag of its own, as a strong one must (RFC 9110, 8.8.1).
    compressed = brotli.compress(body, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    size += _write_tagged(br, compressed, f'{etag[:-1]}-br"')
    return size + _write_tagged(packed, gzip.compress(body, _GZIP_LEVEL, mtime=0), f'{etag[:-1]}-gz"')


def _write_tagged(file: Path, content: bytes, etag: str) -> int:
    # The tag last: nobody may keep what was there before under the name of what is there now.
    files.write(file, content)
    files.write(Path(f"{file}.etag"), etag.encode())
    return len(content) + len(etag)

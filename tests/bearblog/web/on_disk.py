"""What lies on disk of the pages that were made, and what readers are given of it."""

from pathlib import Path

from bearblog.domain.blogs.stored_pages import pages
from bearblog.engines.pagecache import places


def stored(host: str) -> set[str]:
    """The paths at which pages of the host lie, of whatever version."""
    return {path for folder in pages().sites.glob(f"*/*/{host}") for path in _paths(folder)}


def contents() -> list[bytes]:
    """All pages there are, the last good copies among them."""
    folders = (pages().all_keys, pages().last)
    return [file.read_bytes() for folder in folders for file in folder.rglob("*") if _is_page(file)]


def served(host: str, path: str) -> bytes | None:
    """What Caddy finds for this address."""
    return _read(pages().current / "hosts" / host, path)


def last(host: str, path: str) -> bytes | None:
    """What Caddy finds for this address while the application is down."""
    return _read(pages().last / host, path)


def _paths(folder: Path) -> list[str]:
    names = [f"/{file.relative_to(folder)}" for file in folder.rglob("*") if _is_page(file)]
    return [name.removesuffix(name.rpartition("/")[2]) if "/index." in name else name for name in names]


def _is_page(file: Path) -> bool:
    return file.is_file() and not file.is_symlink() and file.suffix not in places.SIDECARS


def _read(folder: Path, path: str) -> bytes | None:
    found = [file for file in places.files_at(folder, path) if file.is_file()]
    return found[0].read_bytes() if found else None

"""The place of one page, and which paths can have one."""

from dataclasses import dataclass
from pathlib import Path

from bearblog.engines.pagecache.layout import Pages

# A segment is a file name, to which endings are added; Linux allows 255 bytes.
MOST_SEGMENT = 200
MOST_PATH = 900
# Beside each page lie its compressed forms and their tags, which are nobody's addresses.
SIDECARS = (".br", ".gz", ".etag")

# By the ending Caddy tells the type; all feeds but the JSON one are XML to it.
ENDING_OF_TYPE = {
    "text/html": ".html",
    "application/atom+xml": ".xml",
    "application/rss+xml": ".xml",
    "application/xml": ".xml",
    "application/feed+json": ".json",
    "text/plain": ".txt",
    "image/svg+xml": ".svg",
}
# Of a path that ends in a slash, these are the files that Caddy looks for.
INDEXES = ("index.html", "index.xml", "index.json")


@dataclass(frozen=True)
class Place:
    """One page: of one host of a site, as it was at one version."""

    site: str
    version: int
    epoch: int
    host: str
    path: str

    def folder(self, pages: Pages) -> Path:
        """Where this version of the host's pages lies."""
        return pages.sites / self.site / str(self.version) / self.host

    @property
    def link(self) -> str:
        """Where the host's link leads while readers see this version."""
        return f"../sites/{self.site}/{self.version}/{self.host}"

    def last_folder(self, pages: Pages) -> Path:
        """Where the host's last good copies lie, as long as nothing is taken away."""
        return pages.last_sites / self.site / str(self.epoch) / self.host


def is_storable(path: str) -> bool:
    """Whether the decoded path can be a file under its own name, and cannot be taken for another's."""
    if not path.startswith("/") or len(path.encode()) > MOST_PATH or not path.isprintable():
        return False
    segments = path[1:].removesuffix("/").split("/") if path != "/" else []
    return all(_is_name(segment) for segment in segments)


def file_in(folder: Path, path: str, content_type: str) -> Path | None:
    """The file of a storable path in this folder for an answer of this type; None where it can have none."""
    ending = ENDING_OF_TYPE.get(content_type.partition(";")[0].strip())
    if ending is None:
        return None
    if not path.endswith("/"):
        return folder / path[1:] if path.endswith(ending) and ending != ".html" else None
    index = f"index{ending}"
    return folder / path.strip("/") / index if index in INDEXES else None


def files_at(folder: Path, path: str) -> list[Path]:
    """The files, in the order in which Caddy looks for them, that may stand for a storable path."""
    if not path.endswith("/"):
        return [folder / path[1:]]
    return [folder / path.strip("/") / index for index in INDEXES]


def _is_name(segment: str) -> bool:
    if segment in ("", ".", "..") or len(segment.encode()) > MOST_SEGMENT:
        return False
    return not segment.startswith("index.") and not segment.endswith(SIDECARS)

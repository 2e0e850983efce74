"""Finished pages beside a Caddy, laid out by the engine that lays them out on a box."""

from pathlib import Path

from bearblog.engines.pagecache import assets, links, stored
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.places import Place

HTML = "text/html; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
# Long enough to be compressed.
PAGE = b"<!doctype html><title>A page</title>" + b"<p>Words of a page.</p>" * 100


class Shelf:
    """The pages of one release; each host is a site of its own, at a version."""

    def __init__(self, cache: Path) -> None:
        self.pages = Pages(cache, "a-release")
        links.open_key(self.pages)
        self._versions: dict[str, int] = {}

    def publish(self, host: str) -> None:
        """Brings the host to its next version, of which no page is stored yet."""
        version = self._versions[host] = self._versions.get(host, 0) + 1
        site = Site(host.partition(".")[0], version, 1, frozenset({host}))
        links.swing(self.pages, site.name, lambda: site)

    def put(self, host: str, path: str = "/", body: bytes = PAGE, content_type: str = HTML) -> None:
        """Stores a page of the host's version, and with it the last good copy."""
        if host not in self._versions:
            self.publish(host)
        place = Place(host.partition(".")[0], self._versions[host], 1, host, path)
        assert stored.write(self.pages, place, body, content_type)

    def put_style_sheet(self, path: str, body: bytes) -> None:
        """Stores a style sheet, which is every blog's."""
        assert assets.write(self.pages, path, body)

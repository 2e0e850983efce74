"""Stores pages of hosts that no blog has, by the engine itself. For `bearblog shell`, on the box."""

from django.conf import settings

from bearblog.engines.pagecache import links, stored
from bearblog.engines.pagecache.layout import Pages, Site
from bearblog.engines.pagecache.places import Place


def store(hosts: list[str], *, pages: int, like: tuple[str, str]) -> None:
    """Gives each host so many pages, like the stored one of this host and path."""
    where = Pages(settings.CACHE_DIR, settings.PAGES_KEY)
    host, path = like
    site, version = links.linked(where)[host]
    sample = stored.read(where, Place(site, version, 0, host, path))
    if sample is None:
        raise LookupError(f"{host}{path} is not stored.")
    for name in hosts:
        _store(where, name, pages, sample)


def _store(where: Pages, host: str, pages: int, sample: stored.StoredPage) -> None:
    site = Site(name=host.partition(".")[0], version=1, epoch=1, hosts=frozenset({host}))
    for number in range(pages):
        path = f"/post-{number}/"
        own = sample.body.replace(b"</body>", f"<p>{host}{path}</p></body>".encode())
        if not stored.write(where, Place(site.name, 1, 1, host, path), own, sample.content_type):
            raise OSError(f"{host}{path} could not be stored.")
    links.swing(where, site.name, lambda: site)

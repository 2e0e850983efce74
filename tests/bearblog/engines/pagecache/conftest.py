"""A folder of pages, and a site of two hosts in it."""

from pathlib import Path

import pytest

from bearblog.engines.pagecache import links
from bearblog.engines.pagecache.layout import Pages, Site

HOSTS = frozenset({"a.example.org", "b.example.org"})


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(tmp_path, "release-1")


@pytest.fixture
def site(pages: Pages) -> Site:
    """The site at version 5, linked and open to readers."""
    site = Site("12", 5, 2, HOSTS)
    links.ensure_current(pages)
    links.swing(pages, site.name, lambda: site)
    return site

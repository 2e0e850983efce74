"""What the box's page cache has counted, read from its files."""

from bearblog.engines.pagecache import counts
from bearblog.engines.pagecache.counts import Totals
from bearblog.engines.pagecache.layout import Pages
from deploy.bench.testbed import Testbed


def totals(bed: Testbed) -> Totals:
    """The counts of all processes until now."""
    return counts.totals(Pages(bed.box.droplet.root / "var/cache/bearblog", key=""))

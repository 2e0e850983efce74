"""What a box holds, in a form that two boxes can be compared by."""

import json
import re

from deploy.droplet.box import Box
from deploy.droplet.program import run

_DIGEST_TABLES = """
import hashlib, json, sys
from pysqlite3 import dbapi2
database = dbapi2.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
digests = {}
# How far into its own access log the box has read is no other box's business, and a canary comes each minute;
# an hour's row tells of the box that the hour was spent on.
OWN = ("analytics_logplace", "replication_canary", "vitals_hour")
for name in names:
    # Nor is how far Litestream is.
    if name.startswith("_litestream") or name in OWN:
        continue
    # The rows of both are counted in sqlite_sequence.
    kept = [row for row in database.execute(f'SELECT * FROM "{name}"') if row[0] not in OWN]
    # Sorted here: not every table of the search index has a rowid.
    rows = sorted(map(repr, kept))
    digests[name] = [len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()]
json.dump(digests, sys.stdout)
"""


def tables(box: Box, database: str = "/var/lib/bearblog/bearblog.sqlite3") -> dict[str, list[object]]:
    """Rows and digest of each table of the application."""
    python = f"/srv/bearblog/current/.venv/bin/python - {database}"
    digests: dict[str, list[object]] = json.loads(
        run("ssh", "-F", str(box.droplet.ssh_config), "droplet", python, text=_DIGEST_TABLES)
    )
    return digests


def files(box: Box, folder: str) -> str:
    """The SHA-256 of each file under the folder, by name."""
    return box.ssh(f"cd {folder} && find . -type f -print0 | sort -z | xargs -0 -r sha256sum")


def public_pages(box: Box) -> dict[str, str]:
    """The text of each page that the blog's sitemap names, and of its feeds."""
    with box.client() as client:
        sitemap = client.get(f"{box.blog_url}sitemap.xml").text
        addresses = re.findall(r"<loc>(.*?)</loc>", sitemap)
        addresses += [f"{box.blog_url}{name}/" for name in ("blog", "feed", "rss")]
        return {address: client.get(address).text for address in addresses}

"""What a box holds, read from its database file past the application."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deploy.drills.ledger import digest
from deploy.droplet.box import Box
from deploy.droplet.program import run

DATABASE = "/var/lib/bearblog/bearblog.sqlite3"
MEDIA_IN_BUCKET = "bucket:media"
_MEDIA = "/var/lib/bearblog/media"
RCLONE = (
    "AWS_SHARED_CREDENTIALS_FILE=/etc/bearblog/credentials/bucket AWS_EC2_METADATA_DISABLED=true"
    " rclone --config /etc/bearblog/rclone.conf"
)
_PYTHON = "/srv/bearblog/current/.venv/bin/python -"
_READ = """
import json, sys
from pysqlite3 import dbapi2
database = dbapi2.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
complaints = [row[0] for row in database.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
complaints += [f"{row[0]} has an orphan" for row in database.execute("PRAGMA foreign_key_check")]
posts = database.execute("SELECT title, text FROM posts_post").fetchall()
json.dump({"complaints": complaints, "posts": posts}, sys.stdout)
"""
_READ_ROWS = """
import hashlib, json, sys
from pysqlite3 import dbapi2
database = dbapi2.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
rows = database.execute("SELECT * FROM posts_post")
json.dump([hashlib.sha256(repr(row).encode()).hexdigest() for row in rows], sys.stdout)
"""
_READ_SIZE = """
import json, sys
from pysqlite3 import dbapi2
database = dbapi2.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
size = database.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
json.dump(size.fetchone()[0], sys.stdout)
"""
_READ_CANARIES = """
import json, sys
from pysqlite3 import dbapi2
database = dbapi2.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
lags = [row[0] for row in database.execute("SELECT lag FROM replication_canary ORDER BY id")]
json.dump(lags, sys.stdout)
"""
_READ_LETTERS = """
import json, sys
from pysqlite3 import dbapi2
database = dbapi2.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
json.dump(dict(database.execute("SELECT subject, status FROM outbox_letter")), sys.stdout)
"""
_READ_MOMENTS = """
import json, sys
from pysqlite3 import dbapi2
database = dbapi2.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
posted, = database.execute("SELECT published_at FROM posts_post ORDER BY id DESC").fetchone()
canary, = database.execute("SELECT moment FROM replication_canary ORDER BY id DESC").fetchone()
json.dump({"web": posted, "worker": canary}, sys.stdout)
"""


@dataclass(frozen=True)
class MediaSize:
    """How many media files there are, and their bytes together."""

    files: int
    bytes: int

    @property
    def megabytes(self) -> float:
        """The bytes in MB."""
        return self.bytes / 1e6


class Damage(Exception):
    """Carries what SQLite complains of."""


def posts(box: Box, database: str = DATABASE) -> Mapping[str, Sequence[str]]:
    """The digest of each text, by title. Raises Damage where the file is not whole."""
    said = _ask(box, _READ, database)
    if said["complaints"]:
        raise Damage(f"{database} on {box.droplet.name} is damaged: {'; '.join(said['complaints'])}")
    found: dict[str, list[str]] = {}
    for title, text in said["posts"]:
        found.setdefault(title, []).append(digest(text))
    return found


def replica(box: Box) -> Mapping[str, Sequence[str]]:
    """The same of what the box's replica in the bucket holds. Raises Damage, and DropletError."""
    copy = "/root/drill-replica.sqlite3"
    box.ssh(
        f"rm -f {copy}*; AWS_SHARED_CREDENTIALS_FILE=/etc/bearblog/credentials/bucket"
        f" litestream restore -integrity-check full -o {copy} {DATABASE}"
    )
    return posts(box, copy)


def post_rows(box: Box) -> frozenset[str]:
    """A digest of each post with all that its row has, where there are too many to read their texts."""
    return frozenset(_ask(box, _READ_ROWS, DATABASE))


def media(box: Box) -> frozenset[str]:
    """The SHA-256 and the path of each media file."""
    return frozenset(box.ssh(f"find {_MEDIA} -type f -exec sha256sum {{}} +").splitlines())


def media_size(box: Box, place: str = _MEDIA) -> MediaSize:
    """How much media there is on the box, or in another place that rclone knows there."""
    told = json.loads(box.ssh(f"{RCLONE} size --json {place}"))
    return MediaSize(told["count"], told["bytes"])


def canary_lags(box: Box) -> list[float | None]:
    """What each canary row knows of the way to the bucket, in seconds, oldest first."""
    lags: list[float | None] = _ask(box, _READ_CANARIES, DATABASE)
    return lags


def moments(box: Box) -> dict[str, datetime]:
    """When its newest post was published, to the web service, and its newest canary made, to the worker."""
    found: dict[str, str] = _ask(box, _READ_MOMENTS, DATABASE)
    return {program: datetime.fromisoformat(f"{text}+00:00") for program, text in found.items()}


def letters(box: Box) -> dict[str, str]:
    """The status of each letter, by subject."""
    found: dict[str, str] = _ask(box, _READ_LETTERS, DATABASE)
    return found


def database_megabytes(box: Box) -> float:
    """MB of the database, those that are still in its write-ahead log too."""
    return float(_ask(box, _READ_SIZE, DATABASE)) / 1e6


def wal_size(box: Box) -> int:
    """Bytes of the write-ahead log."""
    return int(box.ssh(f"stat --format=%s {DATABASE}-wal"))


def _ask(box: Box, script: str, database: str) -> Any:
    return json.loads(
        run("ssh", "-F", str(box.droplet.ssh_config), "droplet", f"{_PYTHON} {database}", text=script)
    )

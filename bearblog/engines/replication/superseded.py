"""The file superseded.json: it lies on a box that was replaced, and says where the blog lives."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bearblog.engines.replication import files
from bearblog.engines.replication.current import Current, parse_moment
from bearblog.engines.replication.errors import ReplicationError

FILE_NAME = "superseded.json"


@dataclass(frozen=True)
class Successor:
    """Where the blog lives now, and since when."""

    site: str
    prefix: str
    since: datetime


def is_superseded(file: Path) -> bool:
    """Whether this box was replaced. One stat, so that every request can ask."""
    return file.exists()


def read(file: Path) -> Successor | None:
    """The box that replaced this one, or None where none did. Raises ReplicationError for a damaged file."""
    try:
        data = json.loads(file.read_bytes())
        return Successor(str(data["site"]), str(data["prefix"]), parse_moment(data["since"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReplicationError(f"{file} is damaged or unreadable ({error}).") from error


def mark(file: Path, current: Current) -> None:
    """Notes that another box is the named one."""
    data = {
        "site": current.site,
        "prefix": current.living.prefix,
        "since": current.living.since.isoformat(),
    }
    files.write_whole(file, json.dumps(data, indent=1) + "\n")


def clear(file: Path) -> None:
    """Notes that this box is the named one."""
    file.unlink(missing_ok=True)

"""The file installation.json: which prefix this box replicates to, and whether the bucket knows of it."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bearblog.engines.replication import files
from bearblog.engines.replication.current import Claim, parse_moment, parse_prefix
from bearblog.engines.replication.errors import ReplicationError

FILE_NAME = "installation.json"


@dataclass(frozen=True)
class Installation:
    """This box's own claim. It is `claimed` once `current` in the bucket has named it."""

    claim: Claim
    claimed: bool

    @property
    def prefix(self) -> str:
        return self.claim.prefix


def new_claim(now: datetime) -> Claim:
    """A prefix that no other box has or will have, sorted by its moment."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    return Claim(f"replica/{moment:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}", moment)


def read(file: Path) -> Installation | None:
    """What the file says, or None where there is none. Raises ReplicationError when it is damaged."""
    try:
        data = json.loads(file.read_bytes())
        claim = Claim(parse_prefix(data["prefix"]), parse_moment(data["since"]))
        claimed = data["claimed"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReplicationError(
            f"{file} is damaged or unreadable ({error}). Write into it the prefix that /etc/litestream.yml "
            "names."
        ) from error
    if not isinstance(claimed, bool):
        raise ReplicationError(f"{file} is damaged: `claimed` must be true or false.")
    return Installation(claim, claimed)


def write(file: Path, installation: Installation) -> None:
    """Writes the file in one step. Raises ReplicationError when the disk refuses."""
    data = {
        "prefix": installation.prefix,
        "since": installation.claim.since.isoformat(),
        "claimed": installation.claimed,
    }
    try:
        files.write_whole(file, json.dumps(data, indent=1) + "\n")
    except OSError as error:
        raise ReplicationError(f"{file} could not be written ({error.strerror}).") from error

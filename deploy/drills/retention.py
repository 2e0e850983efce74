"""What lies in the bucket for a time: backup sets, of which none may go before it has come, and replicas."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from deploy.drills import holdings
from deploy.droplet.box import Box
from deploy.droplet.state import DropletError

# keep_daily in backup/keep.sh.
KEPT = 35
_DAILY = "daily/"
_STAMP = "%Y%m%dT%H%M%SZ"
_LISTED = f"{holdings.RCLONE} lsf --recursive --files-only --include '/*/*/manifest.json' bucket:backups"
_REPLICAS = f"{holdings.RCLONE} lsf --dirs-only bucket:replica"
_COPIED = f"{holdings.RCLONE} copy bucket:backups/{{newest}} bucket:backups/{_DAILY}$stamp"


@dataclass
class Shelves:
    """Whole sets as `daily/<stamp>` or `monthly/<stamp>`, oldest first by when each was first seen."""

    here: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    went_wrongly: list[str] = field(default_factory=list)

    @property
    def daily(self) -> list[str]:
        """The sets of days."""
        return [name for name in self.here if name.startswith(_DAILY)]

    def see(self, found: Collection[str]) -> list[str]:
        """Takes what lies there now; returns what is new, by its stamp."""
        new = sorted(sorted(set(found) - {*self.here}), key=_stamp)
        gone = [name for name in self.here if name not in found]
        daily = [name for name in [*self.here, *new] if name.startswith(_DAILY)]
        due = daily[: max(0, len(daily) - KEPT)]
        self.went += gone
        self.went_wrongly += [name for name in gone if name not in due]
        self.here = [name for name in [*self.here, *new] if name in found]
        return new


def make_set(box: Box) -> None:
    """Makes a set as the night does, and deletes the sets that have had their time."""
    box.ssh("systemctl start bearblog-backup.service")


def listed(box: Box) -> list[str]:
    """The whole sets in the box's bucket."""
    return [line.removesuffix("/manifest.json") for line in box.ssh(_LISTED).splitlines()]


def fill(box: Box) -> None:
    """Fills up the shelf of days with copies of its newest set, one for each day before its oldest."""
    daily = sorted(name for name in listed(box) if name.startswith(_DAILY))
    oldest = moment(daily[0])
    stamps = [f"{oldest - timedelta(days=days):{_STAMP}}" for days in range(1, KEPT - len(daily) + 1)]
    copied = _COPIED.format(newest=daily[-1])
    box.ssh(f"for stamp in {' '.join(stamps)}; do {copied} || exit; done")
    if len([name for name in listed(box) if name.startswith(_DAILY)]) != KEPT:
        raise DropletError(f"The shelf does not hold {KEPT} sets.")


def replicas(box: Box) -> list[str]:
    """The replicas in the box's bucket, by their names."""
    return [line.removesuffix("/") for line in box.ssh(_REPLICAS).splitlines()]


def written_on(box: Box) -> set[str]:
    """The replicas of which the box says that theirs wrote on after it was superseded."""
    found = json.loads(box.ssh("bearblog replicas --json"))
    return {one["prefix"] for one in found if one["went_on"]}


def moment(name: str) -> datetime:
    """When a set was made, by its own word."""
    return datetime.strptime(_stamp(name), _STAMP).replace(tzinfo=UTC)


def _stamp(name: str) -> str:
    return name.rpartition("/")[2]

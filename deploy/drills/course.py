"""The way from a lost box to the next one's first page and its last media file, in parts."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.droplet.box import Box
from deploy.droplet.state import DropletError
from deploy.figures import first_page

_RESTORING = "Restore the database from the bucket, and look at it before it is placed"
_TOLD = re.compile(r"Restored from .* in (?P<whole>[\d.]+) s(?: \((?P<parts>[^)]*)\))?, and looked at")
_PART = re.compile(r"(?P<name>\D+) (?P<seconds>[\d.]+) s(?:, |$)")
_MEDIA_PATIENCE = 1200
_AWAIT_MEDIA = (
    f"timeout {_MEDIA_PATIENCE} sh -c 'while [ -e /var/lib/bearblog/media-incoming ]; do sleep 0.1; done'"
)


@dataclass(frozen=True)
class Course:
    """Seconds of each part of the way, of each task on it, and of the parts of the restore itself."""

    boot: float
    install: float
    restore: float
    services: float
    media: float
    tasks: Mapping[str, float]
    told: Mapping[str, float]

    @property
    def to_first_page(self) -> float:
        """From the lost box to the first page."""
        return self.boot + self.install + self.restore + self.services


def follow(box: Box, address: str, since: float) -> Course:
    """Restores a bare box by restore.yml, and returns when its last media file is back.

    The box was lost at the moment `since` of the monotonic clock; the page is asked for all the while.
    """
    begun = time.monotonic()
    with TemporaryDirectory() as folder, first_page.watch(box, address) as page:
        file = Path(folder) / "moments"
        said = box.play("restore.yml", BEARBLOG_MOMENTS_FILE=str(file))
        ended = time.monotonic()
        page.wait()
        tasks = [
            (str(name), float(moment)) for name, moment in map(json.loads, file.read_text().splitlines())
        ]
    box.ssh(_AWAIT_MEDIA)
    came = time.monotonic()
    restoring, restored = _span(tasks)
    shown = begun + page.shown
    return Course(
        boot=begun - since,
        install=restoring - begun,
        restore=restored - restoring,
        services=shown - restored,
        media=max(came - shown, 0.0),
        tasks=_seconds(tasks, ended),
        told=told_parts(said),
    )


def told_parts(said: str) -> dict[str, float]:
    """What the playbook says of the restore: its seconds, and those of its parts. Raises DropletError."""
    # Ansible breaks long lines.
    match = _TOLD.search(" ".join(said.split()))
    if match is None:
        raise DropletError(f"restore.yml does not say what it restored: {said[-2000:]}")
    parts = {part["name"]: float(part["seconds"]) for part in _PART.finditer(match["parts"] or "")}
    return {"whole": float(match["whole"]), **parts}


def _span(tasks: list[tuple[str, float]]) -> tuple[float, float]:
    """When the restore of the database began, and when the task after it did."""
    place = next(number for number, (name, _) in enumerate(tasks) if name.endswith(_RESTORING))
    return tasks[place][1], tasks[place + 1][1]


def _seconds(tasks: list[tuple[str, float]], end: float) -> dict[str, float]:
    """The seconds of each task that took one or more, the longest first."""
    ends = [moment for _, moment in tasks[1:]] + [end]
    long = {name: until - moment for (name, moment), until in zip(tasks, ends, strict=True)}
    ordered = sorted(long.items(), key=lambda task: task[1], reverse=True)
    return {name: round(seconds, 1) for name, seconds in ordered if seconds >= 1}

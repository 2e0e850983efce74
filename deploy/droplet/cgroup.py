"""A control group for each droplet: in a shared one, units of two boxes that have the same name would be one.

One box's systemd, at the end of a unit, would then kill the other's processes (it happened).
"""

import contextlib
from pathlib import Path

from deploy.droplet.state import Droplet

_MOUNT = Path("/sys/fs/cgroup")
_FOLDER = "bearblog-droplets"
# What the limits of the units need, where the machine's own hierarchy has it.
_CONTROLLERS = ("cpu", "memory", "pids", "io")


def make(droplet: Droplet) -> list[Path]:
    """The droplet's groups, made where they are missing: one in each hierarchy that systemd uses."""
    groups = _groups(droplet)
    for group in groups:
        group.mkdir(parents=True, exist_ok=True)
        for parent in (group.parent.parent, group.parent):
            _pass_controllers_on(parent)
    return groups


def remove(droplet: Droplet) -> None:
    """Removes what is left of the droplet's groups; its processes must have ended."""
    for group in _groups(droplet):
        folders = sorted(group.rglob("*/"), key=lambda folder: len(folder.parts), reverse=True)
        for folder in [*folders, group]:
            # A process that is just ending holds its group a moment longer.
            with contextlib.suppress(OSError):
                folder.rmdir()


def _groups(droplet: Droplet) -> list[Path]:
    if (_MOUNT / "cgroup.controllers").exists():
        hierarchies = [_MOUNT]
    else:
        hierarchies = [place for name in ("unified", "systemd") if (place := _MOUNT / name).is_dir()]
    return [hierarchy / _FOLDER / droplet.name for hierarchy in hierarchies]


def _pass_controllers_on(group: Path) -> None:
    for controller in _CONTROLLERS:
        # The older kind of hierarchy has no such file, and not every machine each controller.
        with contextlib.suppress(OSError):
            (group / "cgroup.subtree_control").write_text(f"+{controller}")

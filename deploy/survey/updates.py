"""Security updates that wait, counted from the package lists that lie here; no network is asked."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

_INSTALLED = "var/lib/dpkg/status"
# Where nothing new was to be had, only the second tells that somebody asked.
_LISTS = ("var/lib/apt/lists", "var/lib/apt/periodic/update-success-stamp")
_SECONDS = 60
_COMMAND = ("apt-get", "--simulate", "--quiet", "--with-new-pkgs", "-o", "Debug::NoLocking=true", "upgrade")


def look(root: Path, before: object) -> dict[str, object]:
    """How many wait, and when the lists were fetched. Raises OSError, SubprocessError.

    `before` is what was found last: as long as lists and packages are the same, so is the number.
    """
    lists = max((root / name).stat().st_mtime for name in _LISTS if (root / name).exists())
    stamps = [lists, (root / _INSTALLED).stat().st_mtime]
    if isinstance(before, dict) and before.get("stamps") == stamps:
        return before
    told = subprocess.run(_COMMAND, capture_output=True, text=True, timeout=_SECONDS, check=True).stdout
    return {
        "security": count(told),
        "lists": f"{datetime.fromtimestamp(lists, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "stamps": stamps,
    }


def count(told: str) -> int:
    """How many packages of a simulated upgrade come from the security archive."""
    lines = [line for line in told.splitlines() if line.startswith("Inst ")]
    return sum(1 for line in lines if "Debian-Security" in line)

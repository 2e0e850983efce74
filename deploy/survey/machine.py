"""Memory, clock, and units that have failed."""

import subprocess
from pathlib import Path

_SECONDS = 5


def memory(root: Path) -> dict[str, int]:
    """How many bytes of memory there are, and how many could be had. Raises OSError, ValueError."""
    lines = (root / "proc/meminfo").read_text(encoding="ascii").splitlines()
    sizes = {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)}
    if not {"MemTotal", "MemAvailable"} <= sizes.keys():
        raise ValueError("/proc/meminfo does not say how much memory there is.")
    return {"total": sizes["MemTotal"], "available": sizes["MemAvailable"]}


def failed_units() -> list[str]:
    """The units that systemd calls failed. Raises OSError, SubprocessError."""
    told = _ask("systemctl", "list-units", "--failed", "--plain", "--no-legend", "--no-pager")
    return [line.split()[0] for line in told.splitlines() if line.strip()]


def clock(root: Path) -> str:
    """`right`, `adrift` where nobody sets it, or `host` in a container. Raises OSError, SubprocessError."""
    if (root / "run/systemd/container").exists():
        return "host"
    told = _ask("timedatectl", "show", "--property=NTPSynchronized", "--value")
    return "right" if told.strip() == "yes" else "adrift"


def _ask(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True).stdout

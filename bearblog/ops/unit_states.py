"""Asks systemd how units are; any user may, over the system bus."""

import subprocess
import time
from collections.abc import Sequence

_SECONDS = 10
_PROPERTIES = "Id,LoadState,ActiveState,Result,ActiveEnterTimestampMonotonic"
# What fails again each minute is not mended in between.
STEADY_SECONDS = 60.0


class NoAnswer(Exception):
    """Why systemd answered nothing: a sentence for a person."""


def well(units: Sequence[str]) -> list[str]:
    """Those that ended well, run steadily, or are not installed any more. Raises NoAnswer."""
    if not units:
        return []
    command = ["systemctl", "show", f"--property={_PROPERTIES}", "--", *units]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoAnswer(f"systemd does not say how its units are ({error}).") from error
    return well_of(done.stdout, now=time.monotonic())


def well_of(answer: str, *, now: float) -> list[str]:
    """The same, from what `systemctl show` prints: a block of lines for each unit."""
    blocks = [dict(line.split("=", 1) for line in block.splitlines()) for block in answer.split("\n\n")]
    return [block["Id"] for block in blocks if block and _is_well(block, now)]


def _is_well(unit: dict[str, str], now: float) -> bool:
    if unit["LoadState"] == "not-found":
        return True
    if unit["Result"] != "success":
        return False
    match unit["ActiveState"]:
        case "inactive":
            return True
        case "active" | "reloading":
            # The clock of time.monotonic() too.
            since = int(unit["ActiveEnterTimestampMonotonic"]) / 1e6
            return now - since >= STEADY_SECONDS
        case _:
            return False

"""Whether an update waits for a reboot."""

import os
import re
from pathlib import Path


def reason_to_reboot(root: Path, running: str | None = None) -> str:
    """Why the box should restart; empty where it need not."""
    if (root / "run/reboot-required").exists():
        return "An update asks for it."
    running = running or os.uname().release
    kernels = [file.name.removeprefix("vmlinuz-") for file in (root / "boot").glob("vmlinuz-*")]
    # A container has no kernel of its own.
    newest = max(kernels, key=_in_order, default=running)
    return "" if newest == running else f"Linux {newest} is installed, {running} runs."


def _in_order(version: str) -> list[tuple[int, str]]:
    # Numbers as numbers: 6.12.9 comes before 6.12.10.
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|[a-z+~]+", version)]

"""Looks the box over as root, for what the doctor's sandbox cannot see; writes what was found as JSON.

Runs on the box, from bearblog-survey.service. Standard library only.
"""

import argparse
import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy.survey import certificates, droplet, installed, kernel, machine, updates


def survey(root: Path, metadata: str, before: dict[str, Any]) -> dict[str, Any]:
    """Everything there is to see. What cannot be seen is None, and `troubles` says why."""
    looks: dict[str, Callable[[], object]] = {
        "memory": lambda: machine.memory(root),
        "failed_units": machine.failed_units,
        "clock": lambda: machine.clock(root),
        "reboot": lambda: kernel.reason_to_reboot(root),
        "updates": lambda: updates.look(root, before.get("updates")),
        "certificates": lambda: certificates.look(root),
        "drift": lambda: installed.compare(root),
        "reserved_address": lambda: droplet.reserved_address(root, metadata),
    }
    found: dict[str, Any] = {"moment": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "troubles": {}}
    for name, look in looks.items():
        try:
            found[name] = look()
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            found[name] = None
            found["troubles"][name] = str(error)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m deploy.survey", description=__doc__)
    parser.add_argument("--to", type=Path, required=True, help="the file to write")
    parser.add_argument("--root", type=Path, default=Path("/"), help="where the box's files lie")
    parser.add_argument("--metadata", default="http://169.254.169.254", help="the cloud's metadata address")
    options = parser.parse_args()
    found = survey(options.root, options.metadata, _read(options.to))
    fresh = options.to.with_name(f".{options.to.name}.new")
    fresh.write_text(json.dumps(found) + "\n", encoding="utf-8")
    fresh.chmod(0o640)
    fresh.replace(options.to)


def _read(file: Path) -> dict[str, Any]:
    try:
        before = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return before if isinstance(before, dict) else {}


if __name__ == "__main__":
    main()

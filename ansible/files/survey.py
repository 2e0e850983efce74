"""Looks at the box and prints what it found as JSON. Runs on the box, touches nothing, standard library only.

Argument: the main host.
"""

import json
import os
import platform
import pwd
import shutil
import socket
import subprocess
import sys
from pathlib import Path

UNITS = ["bearblog.socket", "bearblog-sync.socket", "bearblog.service", "bearblog-worker.service"]
UNITS += ["litestream.service", "caddy.service", "nftables.service"]
DATA = Path("/var/lib/bearblog")


def os_release() -> dict[str, str]:
    lines = Path("/etc/os-release").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {name: value.strip('"') for name, value in pairs}


def own_addresses() -> list[str]:
    if not shutil.which("ip"):
        return []
    shown = subprocess.run(["ip", "-json", "address"], capture_output=True, check=False).stdout
    return [address["local"] for link in json.loads(shown or "[]") for address in link.get("addr_info", [])]


def resolve(host: str) -> list[str]:
    try:
        return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, 443)})
    except OSError:
        return []


def running_units() -> list[str]:
    if not Path("/run/systemd/system").is_dir():
        return []
    told = [
        subprocess.run(
            ["systemctl", question, *UNITS], capture_output=True, text=True, check=False
        ).stdout.split()
        for question in ("is-active", "is-enabled")
    ]
    if any(len(answers) != len(UNITS) for answers in told):
        return []
    return [unit for unit, *state in zip(UNITS, *told, strict=True) if state == ["active", "enabled"]]


def has_authorized_key() -> bool:
    people = {"root", os.environ.get("SUDO_USER", "root")}
    files = (Path(pwd.getpwnam(name).pw_dir) / ".ssh/authorized_keys" for name in people)
    return any(file.is_file() and file.read_text(errors="replace").strip() for file in files)


def read_json(file: Path) -> object:
    try:
        return json.loads(file.read_text())
    except (OSError, ValueError):
        return None


def meminfo() -> int:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal:"):
            return int(line.split()[1]) // 1024
    return 0


def main(main_host: str) -> None:
    current = Path("/srv/bearblog/current")
    releases = Path("/srv/bearblog/releases")
    system = os_release()
    found = {
        "system": f"{system.get('ID', '')} {system.get('VERSION_ID', '')}".strip(),
        "system_name": system.get("PRETTY_NAME", "an unknown system"),
        "architecture": platform.machine(),
        "is_root": os.geteuid() == 0,
        "has_systemd": Path("/run/systemd/system").is_dir(),
        "media_incoming": (DATA / "media-incoming").exists(),
        "has_authorized_key": has_authorized_key() if os.geteuid() == 0 else True,
        "free_mb": min(shutil.disk_usage(place).free for place in ("/srv", "/var")) // 2**20,
        "memory_mb": meminfo(),
        "addresses": own_addresses(),
        "resolved": resolve(main_host) if main_host else [],
        "database": (DATA / "bearblog.sqlite3").exists(),
        "database_mb": sum(file.stat().st_size for file in DATA.glob("bearblog.sqlite3*")) // 2**20,
        "installation": read_json(DATA / "installation.json"),
        "current": current.resolve().name if current.exists() else "",
        "wheels": sorted(folder.name for folder in Path("/srv/bearblog/wheels").glob("wheels-*.tar")),
        "prepared": sorted(mark.parent.name for mark in releases.glob("*/.prepared")),
        "running": running_units(),
    }
    sys.stdout.write(json.dumps(found))


main(sys.argv[1] if len(sys.argv) > 1 else "")

"""The files that the playbook installed: their SHA-256 is recorded at its end, and compared ever after.

`python3 -m deploy.survey.installed [FILE...]` records them, or those that are named and no other, and says
`changed` where the record was another.
"""

import hashlib
import json
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

RECORD = "etc/bearblog/installed.json"
# What the roles write, and where a file more would change what runs.
PATTERNS = (
    "etc/apt/apt.conf.d/60bearblog",
    "etc/bearblog/*",
    "etc/bearblog/credentials/*",
    "etc/caddy/*",
    "etc/litestream.yml",
    "etc/nftables.conf",
    "etc/ssh/sshd_config.d/10-bearblog.conf",
    "etc/systemd/journald.conf.d/bearblog.conf",
    "etc/systemd/system/bearblog*",
    "etc/systemd/system/bearblog*/*",
    "etc/systemd/system/caddy.service",
    "etc/systemd/system/caddy.service.d/*",
    "etc/systemd/system/litestream.service",
    "etc/systemd/system/litestream.service.d/*",
    "etc/tmpfiles.d/bearblog.conf",
    "usr/lib/sysusers.d/bearblog.conf",
    "var/spool/cron/crontabs/root",
)


def record(root: Path) -> bool:
    """Records the files as they are now; whether that changed the record. Raises OSError."""
    return _write(root / RECORD, dict(_sums(root)))


def record_again(root: Path, names: Collection[str]) -> bool:
    """Records these files only, where there is a record; whether that changed it.

    Raises OSError, ValueError. For who changes some of them by right: what else differs is still told.
    """
    file = root / RECORD
    if not file.exists():
        return False
    then: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    now = {name: digest for name, digest in _sums(root) if name in names}
    return _write(file, then | now)


def compare(root: Path) -> dict[str, object]:
    """What differs from the record, is missing, or came since. Raises OSError, ValueError."""
    file = root / RECORD
    if not file.exists():
        return {"recorded": False, "changed": [], "missing": [], "added": []}
    then: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    now = dict(_sums(root))
    return {
        "recorded": True,
        "changed": sorted(name for name in then.keys() & now.keys() if then[name] != now[name]),
        "missing": sorted(then.keys() - now.keys()),
        "added": sorted(now.keys() - then.keys()),
    }


def _write(file: Path, sums: dict[str, str]) -> bool:
    text = json.dumps(sums, indent=1) + "\n"
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    fresh = file.with_name(f".{file.name}.new")
    # For root's eyes: it holds sums of secrets.
    fresh.touch(mode=0o600)
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)
    return True


def _sums(root: Path) -> Iterator[tuple[str, str]]:
    for pattern in PATTERNS:
        for file in sorted(root.glob(pattern)):
            name = file.relative_to(root).as_posix()
            if file.is_file() and not file.is_symlink() and name != RECORD:
                yield f"/{name}", hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    _names = sys.argv[1:]
    _is_changed = record_again(Path("/"), _names) if _names else record(Path("/"))
    sys.stdout.write("changed\n" if _is_changed else "")

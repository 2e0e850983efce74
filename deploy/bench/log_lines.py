"""Measures how quickly a log's readers are counted: `python -m deploy.bench.log_lines --lines 10000000`."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deploy.bench.log_writer import LogWriter
from deploy.dev.environment import HOST, PROJECT
from deploy.droplet.progress import say, step

_FILES = 10


def main(arguments: Sequence[str]) -> int:
    """Writes a log into a folder of its own, counts it, and prints the table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m deploy.bench.log_lines", description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="how many lines the log has")
    lines = parser.parse_args(arguments).lines
    with tempfile.TemporaryDirectory(prefix="bearblog-log-lines-") as name:
        folder = Path(name)
        environment = _environment(folder)
        with step(f"Writing {lines:,} lines"):
            writer = LogWriter()
            writer.write(folder / "written", lines, _FILES)
        _manage(environment, "migrate", "--verbosity=0")
        say(f"\nCounting readers on {os.cpu_count()} cores, {platform.machine()}.")
        places = f"Path({str(folder / 'written')!r}), Path({str(folder / 'log/access.log')!r})"
        imports = "from pathlib import Path; from deploy.bench.log_reading import measure"
        _manage(
            environment, "shell", "--no-imports", "--command", f"{imports}; measure({places}, {writer.pages})"
        )
    return 0


def _environment(folder: Path) -> dict[str, str]:
    for name in ("data", "cache", "run", "written", "log"):
        (folder / name).mkdir()
    key = folder / "secret_key"
    key.write_text("only-for-this-folder-" + "0123456789abcdef" * 4, encoding="utf-8")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "bearblog.settings",
        "BEARBLOG_MAIN_HOST": HOST,
        "BEARBLOG_DATA_DIR": str(folder / "data"),
        "BEARBLOG_CACHE_DIR": str(folder / "cache"),
        "BEARBLOG_RUNTIME_DIR": str(folder / "run"),
        "BEARBLOG_SECRET_KEY_FILE": str(key),
    }


def _manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, str(PROJECT / "manage.py"), *arguments]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

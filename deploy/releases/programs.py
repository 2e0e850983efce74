"""The programs that a release asks: systemd, and management commands of either release."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from deploy.releases.errors import ReleaseError

_LAST_WORDS = 3


def run(command: Sequence[str | Path], *, seconds: float) -> str:
    """What the program printed. Raises ReleaseError with its last words when it fails or takes longer."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReleaseError(f"{name} has not ended after {seconds:.0f} s.") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-_LAST_WORDS:]
        raise ReleaseError(" ".join(said).removeprefix("CommandError: ") or f"{name} failed.")
    return done.stdout


def manage(release: Path, *arguments: str, seconds: float) -> str:
    """What a management command of that release printed, run as its worker runs. Raises ReleaseError."""
    return run([release / "deploy/bearblog.sh", *arguments], seconds=seconds)


def systemctl(*arguments: str, seconds: float = 120) -> str:
    """What systemctl printed. Raises ReleaseError."""
    return run(["systemctl", *arguments], seconds=seconds)


def is_so(*arguments: str) -> bool:
    """Whether systemctl answers the question with yes."""
    return subprocess.run(["systemctl", *arguments], capture_output=True, check=False).returncode == 0


def is_box_running() -> bool:
    """Whether the boot is over: until then nothing may be started that the boot itself starts later."""
    asked = ["systemctl", "is-system-running"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.strip() not in ("initializing", "starting")


def last_words(unit: str) -> str:
    """What the service said last, in one line; of one that said nothing, what systemd says of it."""
    return _journal(f"_SYSTEMD_UNIT={unit}") or _journal(f"UNIT={unit}")


def _journal(match: str) -> str:
    done = subprocess.run(
        ["journalctl", match, "--lines", str(_LAST_WORDS), "--output", "cat", "--no-pager"],
        capture_output=True,
        text=True,
        check=False,
    )
    return " ".join(done.stdout.split())

"""Background processes that outlive the command which started them, ended by their id."""

import os
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path


def start(
    arguments: Sequence[str], *, pid_file: Path, log_file: Path, environment: Mapping[str, str] | None = None
) -> int:
    """Starts the program in a session of its own and returns its process id."""
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    pid = os.posix_spawnp(
        arguments[0],
        list(arguments),
        {**os.environ, **(environment or {})},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log_file), append, 0o644),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )
    pid_file.write_text(f"{pid} {_started_at(pid)}")
    return pid


def running(pid_file: Path) -> int | None:
    """The id in the file while that very process runs, else None."""
    try:
        pid, started_at = (int(part) for part in pid_file.read_text().split())
    except (FileNotFoundError, ValueError):
        return None
    return pid if started_at and _started_at(pid) == started_at else None


def stop(pid_file: Path, *, by: signal.Signals = signal.SIGTERM, patience: float = 20) -> None:
    """Ends the process and waits until it is gone; after `patience` seconds it is killed."""
    pid = running(pid_file)
    if pid is not None:
        os.kill(pid, by)
        if not _wait(pid_file, patience):
            os.kill(pid, signal.SIGKILL)
            _wait(pid_file, patience)
    pid_file.unlink(missing_ok=True)


def _wait(pid_file: Path, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while running(pid_file) is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _started_at(pid: int) -> int:
    """Ticks from boot to the process's start (proc(5), field 22); 0 when it is gone or a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    fields = stat.rpartition(")")[2].split()
    return 0 if fields[0] == "Z" else int(fields[19])

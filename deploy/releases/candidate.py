"""The new release on a socket of its own, in the sandbox of the web service, before anybody is led to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.releases import programs
from deploy.releases.places import Places

UNIT = "bearblog-candidate"
SOCKET = Path("/run/bearblog-candidate.sock")
# What makes a service of its own of it, or ties it to the socket of the one that serves.
_NOT_TAKEN = ("Type", "NotifyAccess", "Exec", "Restart", "KillMode", "Timeout")


@contextmanager
def started(places: Places, release: Path) -> Iterator[Path]:
    """The socket at which the candidate answers until the end. Raises ReleaseError."""
    stop()
    options = [f"--property={line}" for line in _properties(places.web_unit.read_text())]
    programs.run(
        [
            "systemd-run",
            "--quiet",
            "--collect",
            f"--unit={UNIT}",
            "--service-type=notify",
            f"--socket-property=ListenStream={SOCKET}",
            "--socket-property=SocketMode=0600",
            *options,
            "--",
            release / "deploy/run.sh",
            "web",
        ],
        seconds=30,
    )
    try:
        yield SOCKET
    finally:
        stop()


def stop() -> None:
    """Ends the candidate, where there is one."""
    for unit in (f"{UNIT}.socket", f"{UNIT}.service"):
        if programs.is_so("is-active", unit) or programs.is_so("is-failed", unit):
            programs.systemctl("stop", unit)
            programs.is_so("reset-failed", unit)


def _properties(unit: str) -> list[str]:
    service = unit.partition("[Service]")[2].partition("[Install]")[0]
    return [
        line
        for line in service.splitlines()
        if line and line[0].isalpha() and "=" in line and not line.startswith(_NOT_TAKEN)
    ]

"""The new release at the site's own socket, while the web service itself is restarted.

systemd gives one listening socket to several services (`Sockets=`, systemd.service(5)): whoever is free
accepts. So nobody waits for the web service to end what it has begun and to load the new code.
"""

from pathlib import Path

from deploy.releases import programs
from deploy.releases.errors import ReleaseError
from deploy.releases.places import Places

UNIT = "bearblog-stand-in.service"
# Gone after a power cut, as it must be.
_FILE = Path("/run/systemd/system") / UNIT
_NOT_TAKEN = ("OnFailure=", "Restart")


def start(places: Places, release: Path) -> None:
    """Has the release answer beside the web service from here on. Raises ReleaseError."""
    stop()
    _FILE.parent.mkdir(exist_ok=True)
    _FILE.write_text(_unit(places.web_unit.read_text(), places.current, release))
    programs.systemctl("daemon-reload")
    try:
        programs.systemctl("start", UNIT)
    except ReleaseError as error:
        raise ReleaseError(f"{error} It said last: {programs.last_words(UNIT)}") from error


def stop() -> None:
    """Ends it once it has answered what it has begun, where there is one. Raises ReleaseError."""
    if not _FILE.exists():
        return
    programs.systemctl("stop", UNIT)
    programs.is_so("reset-failed", UNIT)
    _FILE.unlink()
    programs.systemctl("daemon-reload")


def _unit(web: str, current: Path, release: Path) -> str:
    lines = [line for line in web.partition("[Install]")[0].splitlines() if not line.startswith(_NOT_TAKEN)]
    return "\n".join([*lines, "Sockets=bearblog.socket", ""]).replace(f"{current}/", f"{release}/")

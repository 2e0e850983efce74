"""Where a local droplet keeps its files, and the addresses it was given."""

import fcntl
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HOME = PROJECT / ".droplet"
SHARED = HOME / "shared"
DEFAULT_NAME = "droplet"
BRIDGE = "bearblog0"
GATEWAY = "10.213.0.1"
S3_PORT = 8333
_NAME = re.compile(r"[a-z][a-z0-9-]{0,19}")
_RESERVED_NAMES = {"machine", "shared"}


class DropletError(Exception):
    """Carries a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Droplet:
    """One local box: its name, and the number that its address and port are made of."""

    name: str
    number: int

    @property
    def home(self) -> Path:
        return home_of(self.name)

    @property
    def machine(self) -> Path:
        return self.home / "machine"

    @property
    def root(self) -> Path:
        return self.machine / "root"

    @property
    def address(self) -> str:
        return f"10.213.0.{self.number}"

    @property
    def namespace(self) -> str:
        return f"bearblog-{self.name}"

    @property
    def link(self) -> str:
        return f"bearblog{self.number}"

    @property
    def https_port(self) -> int:
        return 8441 + self.number

    @property
    def ssh_config(self) -> Path:
        return self.home / "ssh_config"

    @property
    def inventory(self) -> Path:
        return self.home / "inventory.yml"


def home_of(name: str) -> Path:
    """The folder of a droplet's files. Raises DropletError for a name that cannot be one."""
    if not _NAME.fullmatch(name) or name in _RESERVED_NAMES:
        raise DropletError(f"{name!r} cannot be a droplet's name: use up to 20 of a-z, 0-9 and -.")
    return HOME if name == DEFAULT_NAME else HOME / name


def find(name: str) -> Droplet | None:
    """The droplet of that name, or None where there is none."""
    file = home_of(name) / "droplet.json"
    return Droplet(**json.loads(file.read_text())) if file.exists() else None


def every() -> list[Droplet]:
    """All droplets of this checkout, by number."""
    files = [HOME / "droplet.json", *HOME.glob("*/droplet.json")]
    droplets = [Droplet(**json.loads(file.read_text())) for file in files if file.exists()]
    return sorted(droplets, key=lambda droplet: droplet.number)


def allot(name: str) -> Droplet:
    """The droplet of that name, with the lowest free number where it is new."""
    with locked("numbers"):
        known = find(name)
        if known:
            return known
        taken = {droplet.number for droplet in every()}
        droplet = Droplet(name, next(number for number in range(2, 255) if number not in taken))
        droplet.home.mkdir(parents=True, exist_ok=True)
        (droplet.home / "droplet.json").write_text(json.dumps(asdict(droplet)))
        return droplet


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Holds a lock that all commands of this checkout share, so that they can run side by side."""
    SHARED.mkdir(parents=True, exist_ok=True)
    with (SHARED / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

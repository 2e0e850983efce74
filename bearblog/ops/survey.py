"""What root saw of this box: the file that bearblog-survey.service writes."""

from datetime import datetime
from pathlib import Path

import msgspec

from bearblog.engines.vitals.errors import VitalsError


class Memory(msgspec.Struct, frozen=True):
    """Bytes of memory: all, and what could be had."""

    total: int
    available: int


class Updates(msgspec.Struct, frozen=True):
    """Security updates that wait, and when the package lists were fetched."""

    security: int
    lists: datetime


class Certificate(msgspec.Struct, frozen=True):
    """A certificate of Caddy's; a public authority counts how many it issues."""

    name: str
    begin: datetime
    end: datetime
    public: bool


class Drift(msgspec.Struct, frozen=True):
    """Files that are not as the playbook left them."""

    recorded: bool
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]


class ReservedAddress(msgspec.Struct, frozen=True):
    """Whether this is a droplet, and the address that would survive it; empty for none."""

    droplet: bool
    address: str


class Survey(msgspec.Struct, frozen=True):
    """Everything that was seen. What could not be is None, and `troubles` says why."""

    moment: datetime
    troubles: dict[str, str]
    memory: Memory | None
    failed_units: tuple[str, ...] | None
    clock: str | None
    reboot: str | None
    updates: Updates | None
    certificates: tuple[Certificate, ...] | None
    drift: Drift | None
    reserved_address: ReservedAddress | None


def read(file: Path) -> Survey | None:
    """The last survey, or None where there is none. Raises VitalsError for one that cannot be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Survey)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise VitalsError(f"{file} is damaged or unreadable ({error}).") from error

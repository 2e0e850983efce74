"""Another date for the programs of one box, by libfaketime: the kernel's clock is that of its host."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from deploy.droplet.box import Box
from deploy.droplet.state import DropletError

# The box's own: under that of Debian 12 no Python of today can sleep.
_INSTALL = (
    "DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends"
    " --option DPkg::Lock::Timeout=120 libfaketime >/dev/null"
)
# Shared memory of one service would be removed with another of the same user.
_SET = (
    "systemctl set-environment LD_PRELOAD=$(dpkg --listfiles libfaketime | grep --fixed-strings MT.so)"
    " FAKETIME={days:+d}d FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_DISABLE_SHM=1"
)
_NOW = "from django.utils import timezone; print(timezone.now().isoformat())"
# What was looked at was written within the stay of one box.
_CLOSE = timedelta(minutes=30)


def give(box: Box, days: int) -> None:
    """Sets off by so many days what systemd starts on the box from now on, `bearblog COMMAND` included."""
    box.ssh(f"{_INSTALL} && {_SET.format(days=days)}")


def of_commands(box: Box) -> datetime:
    """What a management command takes for now."""
    return datetime.fromisoformat(box.ssh(f'bearblog shell --no-imports --command "{_NOW}"').strip())


def check(told: Mapping[str, datetime], days: int) -> None:
    """Raises DropletError unless each program's moment of a while ago is off by so many days."""
    for program, moment in told.items():
        off = moment - datetime.now(UTC)
        if abs(off - timedelta(days=days)) > _CLOSE:
            raise DropletError(
                f"To the {program} it was {moment:%Y-%m-%d %H:%M}, not {days:+d} days from now."
            )

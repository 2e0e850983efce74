"""The doctor's look at the machine: memory, units, clock and updates, as root saw them."""

from datetime import UTC, datetime, timedelta

from bearblog.engines.vitals.findings import Finding, fail, ok, warning
from bearblog.ops.survey import Memory, Updates

_LITTLE_MEMORY, _TOO_LITTLE_MEMORY = 0.10, 0.04
_OLDEST_LISTS = timedelta(days=3)


def memory(found: Memory) -> Finding:
    """Whether there is memory left."""
    free = found.available / found.total
    sentence = f"{found.available / 1e6:.0f} MB of {found.total / 1e6:.0f} MB ({free:.0%}) can be had."
    if free < _TOO_LITTLE_MEMORY:
        return fail("memory", sentence, "See what takes it: systemd-cgtop -m; or resize the droplet.")
    if free < _LITTLE_MEMORY:
        return warning("memory", sentence, "See what takes it: systemd-cgtop -m.")
    return ok("memory", sentence)


def failed_units(failed: tuple[str, ...]) -> Finding:
    """Whether systemd calls a unit failed."""
    if not failed:
        return ok("failed units", "No unit has failed.")
    mend = f"See: journalctl -u {failed[0]}; then: systemctl restart {failed[0]}."
    return fail("failed units", f"Failed: {', '.join(failed)}.", mend)


def clock(state: str) -> Finding:
    """Whether somebody sets the clock; certificates, canaries and the order of boxes need it."""
    if state == "right":
        return ok("clock", "The clock is synchronised.")
    if state == "host":
        return ok("clock", "The clock is that of the machine below this container.")
    mend = "See: timedatectl timesync-status; systemctl restart systemd-timesyncd."
    return fail("clock", "Nobody sets the clock.", mend)


def updates(found: Updates) -> Finding:
    """Whether security updates wait, as far as lists that are new enough tell."""
    age = datetime.now(UTC) - found.lists
    if age > _OLDEST_LISTS:
        sentence = f"The package lists are {age.days} days old, so nobody knows whether updates wait."
        return warning("updates", sentence, "See: systemctl status apt-daily.timer; then: apt-get update.")
    if found.security:
        sentence = f"{found.security} security updates wait; they install themselves within a day."
        return warning("updates", sentence, "At once: unattended-upgrade --verbose.")
    return ok("updates", f"No security update waits, by lists of {found.lists:%Y-%m-%d %H:%M} UTC.")


def reboot(reason: str) -> Finding:
    """Whether an update takes effect only after a reboot."""
    if not reason:
        return ok("reboot", "No update waits for a reboot.")
    return warning("reboot", reason, "It comes at reboot_time, where the inventory has one; now: reboot.")

"""A bridge that all local droplets share, and a network namespace for each of them."""

from pathlib import Path

from deploy.droplet import state
from deploy.droplet.program import run, succeeds
from deploy.droplet.state import Droplet, DropletError

_FORWARDING = Path("/proc/sys/net/ipv4/ip_forward")
_FORWARDING_BEFORE = state.SHARED / "ip_forward.before"
_TABLE = "bearblog_droplets"
_RULES = f"""
table ip {_TABLE} {{
    chain postrouting {{
        type nat hook postrouting priority srcnat;
        ip saddr 10.213.0.0/24 ip daddr != 10.213.0.0/24 masquerade
    }}
    chain forward {{
        type filter hook forward priority filter;
        tcp flags syn tcp option maxseg size set rt mtu
    }}
}}
"""


def open_bridge() -> None:
    """Makes the bridge, its address and the masquerade rule where they are missing.

    Raises DropletError where the bridge belongs to the droplets of another checkout.
    """
    if Path("/sys/class/net", state.BRIDGE).exists() and not _FORWARDING_BEFORE.exists():
        raise DropletError("Another checkout here runs droplets; run make droplet-down in it first.")
    if not _FORWARDING_BEFORE.exists():
        _FORWARDING_BEFORE.write_text(_FORWARDING.read_text())
    if not succeeds(["ip", "link", "show", state.BRIDGE]):
        run("ip", "link", "add", state.BRIDGE, "type", "bridge")
        run("ip", "address", "add", f"{state.GATEWAY}/24", "dev", state.BRIDGE)
        run("ip", "link", "set", state.BRIDGE, "up")
    if not succeeds(["nft", "list", "table", "ip", _TABLE]):
        run("nft", "-f", "-", text=_RULES)
    _FORWARDING.write_text("1")


def close_bridge() -> None:
    """Takes back all that open_bridge made; what another checkout made stays."""
    if not _FORWARDING_BEFORE.exists():
        return
    if succeeds(["ip", "link", "show", state.BRIDGE]):
        run("ip", "link", "delete", state.BRIDGE)
    if succeeds(["nft", "list", "table", "ip", _TABLE]):
        run("nft", "delete", "table", "ip", _TABLE)
    _FORWARDING.write_text(_FORWARDING_BEFORE.read_text())
    _FORWARDING_BEFORE.unlink()


def connect(droplet: Droplet) -> None:
    """Gives the droplet a namespace with an eth0 on the bridge."""
    if Path("/run/netns", droplet.namespace).exists():
        return
    run("ip", "netns", "add", droplet.namespace)
    # networkd takes an interface named host0 for itself and drops its address at the next boot.
    inside = ("ip", "-n", droplet.namespace)
    run("ip", "link", "add", droplet.link, "type", "veth", "peer", "eth0", "netns", droplet.namespace)
    run("ip", "link", "set", droplet.link, "master", state.BRIDGE, "up")
    run(*inside, "address", "add", f"{droplet.address}/24", "dev", "eth0")
    run(*inside, "link", "set", "eth0", "up")
    run(*inside, "link", "set", "lo", "up")
    run(*inside, "route", "add", "default", "via", state.GATEWAY)


def pids(droplet: Droplet) -> list[int]:
    """The processes that live in the droplet's namespace."""
    if not Path("/run/netns", droplet.namespace).exists():
        return []
    return [int(pid) for pid in run("ip", "netns", "pids", droplet.namespace).split()]


def disconnect(droplet: Droplet) -> None:
    """Removes the droplet's namespace and with it both ends of its link."""
    # A namespace takes its links along a moment after it is gone, so the link goes first.
    if succeeds(["ip", "link", "show", droplet.link]):
        run("ip", "link", "delete", droplet.link)
    if Path("/run/netns", droplet.namespace).exists():
        run("ip", "netns", "delete", droplet.namespace)

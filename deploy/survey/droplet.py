"""Whether an address that survives the droplet leads here, as DigitalOcean's metadata service tells it."""

import urllib.request
from pathlib import Path

_VENDOR = "sys/class/dmi/id/sys_vendor"
# docs.digitalocean.com/reference/api/metadata/reserved-ips
_ACTIVE = "/metadata/v1/reserved_ip/ipv4/active"
_ADDRESS = "/metadata/v1/reserved_ip/ipv4/ip_address"
_SECONDS = 1


def reserved_address(root: Path, metadata: str) -> dict[str, object]:
    """Whether this is a droplet, and its reserved address or an empty word. Raises OSError for no answer.

    Nobody is asked anywhere else: on a machine that is no droplet the address may be anybody's.
    """
    if not _is_droplet(root):
        return {"droplet": False, "address": ""}
    is_active = _ask(metadata + _ACTIVE) == "true"
    return {"droplet": True, "address": _ask(metadata + _ADDRESS) if is_active else ""}


def _is_droplet(root: Path) -> bool:
    # A container shows the vendor of the machine below it.
    if (root / "run/systemd/container").exists():
        return False
    vendor = root / _VENDOR
    return vendor.is_file() and vendor.read_text(encoding="utf-8").strip() == "DigitalOcean"


def _ask(address: str) -> str:
    # No proxy: what it would tell is its own machine's.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=_SECONDS) as response:
        return str(response.read(100).decode("ascii", errors="replace")).strip()

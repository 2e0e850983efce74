"""The bare Debian 13 that every local droplet starts from."""

import os
import shutil
from pathlib import Path

from deploy.droplet import state
from deploy.droplet.program import run

BASE = state.SHARED / "debian-13"
KEY = state.SHARED / "ssh_key"
# What a cloud provider's image has, and no more.
_PACKAGES = (
    "ca-certificates,cron,dbus,iproute2,libpam-systemd,openssh-server,procps,python3,python3-apt,"
    "sudo,systemd,systemd-sysv"
)
_MASKED = (
    # The namespace brings the address; networkd, left alone with it, would hold up network-online.target.
    "systemd-networkd.service",
    "systemd-networkd.socket",
    "systemd-networkd-wait-online.service",
    # In a namespace of an older host its end is never noticed, and each shutdown waits two minutes for it.
    "user@.service",
)
_HOST_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


def make_base() -> None:
    """Makes the base root once; it is then shared, read-only, by every droplet."""
    partial = BASE.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    run("mmdebstrap", "--variant=minbase", f"--include={_PACKAGES}", "trixie", str(partial))
    # A box trusts what its host trusts, or downloads fail where the network has a CA of its own.
    shutil.copy(_HOST_AUTHORITIES, partial / "usr/local/share/ca-certificates/host.crt")
    shutil.copy(_HOST_AUTHORITIES, partial / "etc/ssl/certs/ca-certificates.crt")
    for unit in _MASKED:
        (partial / "etc/systemd/system" / unit).symlink_to("/dev/null")
    # As in an image that was made long ago: the package lists are stale, and apt must know it.
    os.utime(partial / "var/lib/apt/lists", (0, 0))
    # Each box gets an identity of its own at its first boot.
    (partial / "etc/machine-id").unlink(missing_ok=True)
    (partial / "var/lib/dbus/machine-id").unlink(missing_ok=True)
    for key in (partial / "etc/ssh").glob("ssh_host_*"):
        key.unlink()
    partial.rename(BASE)


def make_key() -> None:
    """Makes the key pair with which the operator enters every local droplet."""
    if not KEY.exists():
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "local droplet", "-f", str(KEY))

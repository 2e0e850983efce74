"""A droplet's machine: a root on an overlay, booted by systemd-nspawn."""

import os
import shutil
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

from deploy.droplet import cgroup, image, network, process
from deploy.droplet.program import run
from deploy.droplet.state import Droplet, DropletError

_BOOT_PATIENCE = 60.0
# Into the groups named up to "--", and then the program behind it.
_ENTER = 'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs"; shift; done; shift; exec "$@"'


def create(droplet: Droplet, *, copy_of: Droplet | None = None) -> None:
    """Lays the droplet's root: bare, or a copy of a droplet that must stay off as long as the copy lives."""
    layers = [str(image.BASE)]
    if copy_of:
        layers = [str(copy_of.machine / "upper"), (copy_of.machine / "layers").read_text()]
    for folder in ("upper", "work", "root"):
        (droplet.machine / folder).mkdir(parents=True, exist_ok=True)
    (droplet.machine / "layers").write_text(":".join(layers))
    _mount(droplet)
    (droplet.root / "etc/hostname").write_text(f"{droplet.name}\n")
    (droplet.root / "etc/machine-id").unlink(missing_ok=True)
    keys = droplet.root / "root/.ssh"
    keys.mkdir(mode=0o700, exist_ok=True)
    shutil.copy(f"{image.KEY}.pub", keys / "authorized_keys")
    if not copy_of:
        run("ssh-keygen", "-q", "-A", "-f", str(droplet.root))
    _write_ssh_config(droplet)


def start(droplet: Droplet) -> None:
    """Powers the droplet on and returns when it answers on its SSH port."""
    _mount(droplet)
    groups = [str(group) for group in cgroup.make(droplet)]
    process.start(
        [
            *("sh", "-c", _ENTER, "sh", *groups, "--"),
            "systemd-nspawn",
            "--quiet",
            "--boot",
            "--register=no",
            "--keep-unit",
            f"--directory={droplet.root}",
            f"--machine={droplet.name}",
            f"--network-namespace-path=/run/netns/{droplet.namespace}",
            "--capability=CAP_NET_ADMIN",
            "--resolv-conf=copy-host",
            "--link-journal=no",
            "--kill-signal=SIGRTMIN+3",
            "--console=read-only",
        ],
        pid_file=_pid_file(droplet),
        log_file=droplet.machine / "console.log",
        environment={"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
    )
    await_port(droplet, 22)


def await_port(droplet: Droplet, port: int, patience: float = _BOOT_PATIENCE) -> None:
    """Returns when the droplet takes connections there. Raises DropletError when it does not in time."""
    deadline = time.monotonic() + patience
    while True:
        try:
            socket.create_connection((droplet.address, port), timeout=1).close()
        except OSError as error:
            if not is_running(droplet):
                console = droplet.machine / "console.log"
                raise DropletError(f"The droplet ended while it started; see {console}.") from error
            if time.monotonic() > deadline:
                raise DropletError(f"Port {port} of the droplet is silent after {patience:.0f} s.") from error
            time.sleep(0.02)
        else:
            return


def exists(droplet: Droplet) -> bool:
    """Whether the droplet has a disk."""
    return (droplet.machine / "layers").exists()


def is_running(droplet: Droplet) -> bool:
    """Whether the droplet is powered on."""
    return process.running(_pid_file(droplet)) is not None


def power_off(droplet: Droplet) -> None:
    """Shuts the droplet down in order."""
    process.stop(_pid_file(droplet), patience=60)
    _end_payload(droplet)


def pull_plug(droplet: Droplet) -> None:
    """Ends the droplet at once; nothing inside gets to say goodbye."""
    process.stop(_pid_file(droplet), by=signal.SIGKILL)
    _end_payload(droplet)


def destroy(droplet: Droplet) -> None:
    """Ends the droplet and deletes its disk."""
    pull_plug(droplet)
    cgroup.remove(droplet)
    if droplet.root.is_mount():
        run("umount", str(droplet.root))
    shutil.rmtree(droplet.machine, ignore_errors=True)


def ssh(droplet: Droplet, command: str) -> str:
    """What the command printed on the droplet, run as root. Raises DropletError when it fails."""
    return run("ssh", "-F", str(droplet.ssh_config), "droplet", command)


def _end_payload(droplet: Droplet) -> None:
    # A killed nspawn can leave its payload running; with that payload's init, all of it ends.
    deadline = time.monotonic() + _BOOT_PATIENCE
    while pids := network.pids(droplet):
        if time.monotonic() > deadline:
            raise DropletError(f"Processes of {droplet.name} do not end: {pids}.")
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)


def _mount(droplet: Droplet) -> None:
    if not droplet.root.is_mount():
        layers = (droplet.machine / "layers").read_text()
        upper, work = droplet.machine / "upper", droplet.machine / "work"
        options = f"lowerdir={layers},upperdir={upper},workdir={work}"
        run("mount", "-t", "overlay", "overlay", "-o", options, str(droplet.root))


def _write_ssh_config(droplet: Droplet) -> None:
    known_hosts = droplet.home / "known_hosts"
    host_key = (droplet.root / "etc/ssh/ssh_host_ed25519_key.pub").read_text().split()
    known_hosts.write_text(f"{droplet.address} {host_key[0]} {host_key[1]}\n")
    lines = (
        f"Host droplet {droplet.name} {droplet.address}",
        f"    HostName {droplet.address}",
        "    User root",
        f"    IdentityFile {image.KEY}",
        "    IdentitiesOnly yes",
        f"    UserKnownHostsFile {known_hosts}",
        "    StrictHostKeyChecking yes",
        "    LogLevel ERROR",
    )
    droplet.ssh_config.write_text("\n".join(lines) + "\n")


def _pid_file(droplet: Droplet) -> Path:
    return droplet.machine / "nspawn.pid"

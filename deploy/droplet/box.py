"""Throw-away boxes for tests and measurements: bare ones, and copies with a bucket of their own."""

import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from deploy.droplet import bucket, machine, network, playbook, state
from deploy.droplet.client import AtAddress
from deploy.droplet.state import Droplet
from deploy.survey import installed

_FILES_NAMING_THE_BUCKET = ("etc/litestream.yml", "etc/bearblog/bearblog.env", "etc/bearblog/rclone.conf")


@dataclass(frozen=True)
class Box:
    """A running box, and the ways in which an operator and a reader reach it."""

    droplet: Droplet
    bucket: str
    https_port: int
    public_ipv4: str
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def site_url(self) -> str:
        return f"https://{playbook.MAIN_HOST}:{self.https_port}/"

    @property
    def blog_url(self) -> str:
        return f"https://{playbook.FIRST_BLOG}.{playbook.MAIN_HOST}:{self.https_port}/"

    def ssh(self, command: str) -> str:
        return machine.ssh(self.droplet, command)

    def play(self, name: str, *arguments: str, **environment: str) -> str:
        return playbook.play(self.droplet, name, *arguments, quiet=True, environment=environment)

    def write_inventory(self, **changes: object) -> None:
        own = {"https_port": self.https_port, "public_ipv4": self.public_ipv4}
        playbook.write_inventory(self.droplet, {**playbook.bucket_variables(self.bucket), **own, **changes})

    def client(self) -> httpx.Client:
        authority = self.ssh("cat /var/lib/caddy/pki/authorities/local/root.crt")
        trust = ssl.create_default_context(cadata=authority)
        client = httpx.Client(transport=AtAddress(self.droplet.address, trust), timeout=30)
        self.clients.append(client)
        return client

    def boot(self) -> None:
        machine.start(self.droplet)
        self.ssh("systemctl is-system-running --wait || systemctl --failed --no-legend >&2")


def changed_tasks(output: str) -> list[str]:
    """The tasks of a playbook's output that say that they changed something."""
    changed, task = [], ""
    for line in output.splitlines():
        if line.startswith(("TASK [", "RUNNING HANDLER [")):
            task = line.rstrip(" *")
        elif line.startswith("changed: "):
            changed.append(f"{task} {line}")
    return changed


def make_bare(bucket_name: str, https_port: int | None = None) -> Box:
    """A booted box with nothing on it, whose inventory names the bucket."""
    droplet = state.allot(f"test-{secrets.token_hex(4)}")
    box = Box(droplet, bucket_name, https_port or droplet.https_port, droplet.address)
    with _removed_on_failure(box):
        network.connect(droplet)
        machine.create(droplet)
        bucket.make(bucket_name)
        box.write_inventory()
        box.boot()
    return box


def copy_box(box: Box) -> Box:
    """A stopped copy of a stopped box, with a copy of its bucket."""
    copy = copy_disk(box, bucket_name=f"copy-{secrets.token_hex(4)}")
    with _removed_on_failure(copy):
        bucket.copy(box.bucket, copy.bucket)
        exchange(copy, box.bucket, copy.bucket)
        copy.write_inventory()
    return copy


def copy_disk(box: Box, *, bucket_name: str) -> Box:
    """A stopped copy of a stopped box that is meant to use the bucket; its files still name the other's."""
    droplet = state.allot(f"test-{secrets.token_hex(4)}")
    copy = Box(droplet, bucket_name, box.https_port, box.public_ipv4)
    try:
        network.connect(copy.droplet)
        machine.create(copy.droplet, copy_of=box.droplet)
    except BaseException:
        discard(copy)
        raise
    return copy


def exchange(box: Box, old: str, new: str) -> None:
    """Puts other words into the files of a stopped box that say where its bucket is."""
    for name in _FILES_NAMING_THE_BUCKET:
        file = box.droplet.root / name
        file.write_text(file.read_text().replace(old, new))
    # A change by right, of which the doctor is not to tell.
    installed.record(box.droplet.root)


@contextmanager
def _removed_on_failure(box: Box) -> Iterator[None]:
    try:
        yield
    except BaseException:
        remove(box)
        raise


def discard(box: Box) -> None:
    """Removes the box and every trace of it on this machine; its bucket stays."""
    for client in box.clients:
        client.close()
    machine.destroy(box.droplet)
    network.disconnect(box.droplet)
    for file in box.droplet.home.iterdir():
        file.unlink()
    box.droplet.home.rmdir()


def remove(box: Box) -> None:
    """Removes the box and every trace of it on this machine, its bucket too."""
    discard(box)
    bucket.delete(box.bucket)

"""A box is lost and restored without its certificates on disk: does any host get another one?"""

import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deploy.bench import testbed
from deploy.bench.figures import Figure
from deploy.drills import spare
from deploy.drills.outcome import Outcome
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import machine, playbook
from deploy.droplet.box import Box
from deploy.droplet.progress import say

_PATIENCE = 60.0
_LISTED = "find /var/lib/caddy -name '*.crt' -exec sha256sum {} + | sort"
# A copy of the spare has what the spare had; a box from bare has none, and takes them from the bucket.
_TAKE = (
    "systemctl stop caddy && find /var/lib/caddy -mindepth 1 -delete"
    " && /srv/bearblog/current/backup/certificates.sh --restore && systemctl start caddy"
)


@dataclass
class _Seen:
    """Hosts whose certificate is another one after the restore, and files that were not there before."""

    hosts: int = 0
    other: list[str] = field(default_factory=list)
    issued: list[str] = field(default_factory=list)


def drill(bed: Spare, rounds: int) -> Outcome:
    """Has a certificate made for each host and sent, loses the box, and asks the next one for the same."""
    seen = _Seen()
    hosts = [playbook.MAIN_HOST, *(f"{blog}.{playbook.MAIN_HOST}" for blog in bed.sessions)]
    for number in range(1, rounds + 1):
        box = spare.restored_copy(bed)
        try:
            # Whoever trusts this box's authority must trust the next one's.
            trust = testbed.door(box).trust
            before = _serials(box, trust, hosts)
            box.ssh("systemctl start bearblog-certificates.service")
            files = box.ssh(_LISTED).splitlines()
            machine.pull_plug(box.droplet)
        finally:
            boxes.discard(box)
        _compare(bed, trust, before, files, seen)
        say(
            f"  certificates {number}/{rounds}: of {seen.hosts} so far {len(seen.other)} are others, "
            f"{len(seen.issued)} were issued anew"
        )
    return _outcome(rounds, seen)


def _compare(
    bed: Spare, trust: ssl.SSLContext, before: Mapping[str, str], files: Sequence[str], seen: _Seen
) -> None:
    after = spare.copy(bed)
    try:
        after.ssh(_TAKE)
        spare.restore(after)
        found = _serials(after, trust, list(before))
        seen.hosts += len(before)
        seen.other += [host for host, serial in before.items() if found[host] != serial]
        seen.issued += set(after.ssh(_LISTED).splitlines()) - set(files)
    finally:
        boxes.discard(after)


def _serials(box: Box, trust: ssl.SSLContext, hosts: Sequence[str]) -> dict[str, str]:
    """The serial number that each host shows in a handshake. Raises OSError where one is not trusted."""
    return {host: _serial(box, trust, host) for host in hosts}


def _serial(box: Box, trust: ssl.SSLContext, host: str) -> str:
    address = (box.droplet.address, box.https_port)
    with (
        socket.create_connection(address, timeout=_PATIENCE) as plain,
        trust.wrap_socket(plain, server_hostname=host) as secret,
    ):
        certificate = secret.getpeercert() or {}
        return str(certificate["serialNumber"])


def _outcome(rounds: int, seen: _Seen) -> Outcome:
    figures = [
        Figure(f"hosts with another certificate after the restore, of {seen.hosts}", len(seen.other), most=0),
        Figure("certificates issued anew", len(seen.issued), most=0),
    ]
    return Outcome(rounds, figures, {"other": seen.other, "issued": seen.issued})

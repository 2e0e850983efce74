"""The folder that Caddy asks before it fetches a certificate: an empty file for each host of a blog."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bearblog.domain.blogs import selectors
from bearblog.lib import hostnames


def settle(hosts: Iterable[str]) -> None:
    """Grants each host that a blog answers at and revokes each other one, as the database has it now."""
    with _locked_folder() as folder:
        for host in sorted(hosts):
            if selectors.is_host_in_use(host):
                _grant(folder, host)
            else:
                _revoke(folder, host)


def rebuild() -> tuple[int, int]:
    """Makes the folder agree with the database. Returns how many hosts were granted and how many revoked."""
    with _locked_folder() as folder:
        wanted = selectors.all_hosts()
        present = {file.name for file in folder.iterdir()}
        for host in sorted(wanted - present):
            _grant(folder, host)
        for name in sorted(present - wanted):
            (folder / name).unlink(missing_ok=True)
    return len(wanted - present), len(present - wanted)


@contextmanager
def _locked_folder() -> Iterator[Path]:
    # Two blogs may pass a name from one to the other: whoever writes last must have read last too.
    folder: Path = settings.HOSTS_DIR
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(descriptor)


def _grant(folder: Path, host: str) -> None:
    if hostnames.is_hostname(host):
        file = folder / host
        file.touch()
        # Caddy is another user, and the service's umask lets nobody else in.
        file.chmod(0o644)


def _revoke(folder: Path, host: str) -> None:
    if hostnames.is_hostname(host):
        (folder / host).unlink(missing_ok=True)

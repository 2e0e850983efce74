"""A spare: a stopped box with everything installed and no database, of which copies are restored and lost."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from deploy.bench import inside
from deploy.drills import holdings
from deploy.droplet import box as boxes
from deploy.droplet import bucket, machine
from deploy.droplet.box import Box

AUTHORS = 4
_UNITS = (
    "litestream.service bearblog-sync.socket bearblog.socket bearblog.service bearblog-worker.service"
    " bearblog-certificates.timer"
)
# A copy boots for its first time, when systemd enables whatever no preset disables.
_PRESET = "/etc/systemd/system-preset/00-spare.preset"
_EMPTY = (
    f"mkdir -p $(dirname {_PRESET}) && printf 'disable bearblog*\\ndisable litestream*\\n' >{_PRESET}"
    " && bearblog wait_replicated --timeout 60 && systemctl start bearblog-certificates.service"
    f" && systemctl disable --now --quiet {_UNITS} bearblog-sync.service"
    " && rm -rf /var/lib/bearblog/bearblog.sqlite3* /var/lib/bearblog/installation.json /var/lib/litestream/*"
)
_PREFIX = "replica/[0-9TZ]+-[0-9a-f]{8}"
# What restore.yml does where the software is there already: the same command, the new place into
# Litestream's configuration, and the services.
_RESTORE = (
    "set -e; bearblog restore_database >/root/restored.json;"
    f" prefix=$(grep -Eo -m 1 '{_PREFIX}' /var/lib/bearblog/installation.json);"
    f' sed -i -E "s#{_PREFIX}#$prefix#g" /etc/litestream.yml;'
    " (cd /srv/bearblog/current && python3 -B -m deploy.survey.installed /etc/litestream.yml >/dev/null);"
    f" systemctl enable --now --quiet {_UNITS}"
)


@dataclass(frozen=True)
class Spare:
    """The stopped box, whose bucket holds what was on it, and the session of the author of each blog."""

    box: Box
    sessions: Mapping[str, str]


def make(box: Box) -> Spare:
    """Makes a spare of a provisioned, running box: authors go into its bucket, then its database is taken."""
    blogs = [f"drill-{number}" for number in range(1, AUTHORS + 1)]
    sessions = json.loads(inside.call(box, "blogs", f"write_authors({AUTHORS})")[-1])
    inside.call(box, "blogs", f"write_blogs({blogs}, posts=1, characters=(500, 500))")
    box.ssh(_EMPTY)
    machine.power_off(box.droplet)
    return Spare(box, dict(zip(blogs, sessions.values(), strict=True)))


@contextmanager
def apart(spare: Spare) -> Iterator[Spare]:
    """A copy with a bucket of its own, for drills that leave there what others cannot restore."""
    copied = boxes.copy_box(spare.box)
    try:
        yield Spare(copied, spare.sessions)
    finally:
        boxes.remove(copied)


def copy(spare: Spare, *, endpoint: str = "") -> Box:
    """A running copy with nothing on it yet; where an endpoint is named, it finds the bucket there."""
    copied = boxes.copy_disk(spare.box, bucket_name=spare.box.bucket)
    try:
        if endpoint:
            boxes.exchange(copied, bucket.ENDPOINT, endpoint)
        machine.start(copied.droplet)
    except BaseException:
        boxes.discard(copied)
        raise
    return copied


def restore(box: Box) -> float:
    """Restores the newest state onto a copy and starts what serves it; the seconds that took."""
    began = time.monotonic()
    box.ssh(_RESTORE)
    machine.await_port(box.droplet, box.https_port)
    return time.monotonic() - began


def restored_copy(spare: Spare, *, endpoint: str = "") -> Box:
    """A copy that serves what the bucket holds."""
    copied = copy(spare, endpoint=endpoint)
    try:
        restore(copied)
    except BaseException:
        boxes.discard(copied)
        raise
    return copied


def restored_bare(spare: Spare) -> Box:
    """A bare box that restore.yml has brought up from the same bucket, as on the worst day."""
    bare = boxes.make_bare(spare.box.bucket, spare.box.https_port)
    try:
        bare.play("restore.yml")
    except BaseException:
        boxes.discard(bare)
        raise
    return bare


def posts_of_the_next(spare: Spare) -> Mapping[str, Sequence[str]]:
    """What another box holds once it has been restored from the bucket, as `holdings.posts` tells it."""
    after = restored_copy(spare)
    try:
        return holdings.posts(after)
    finally:
        boxes.discard(after)

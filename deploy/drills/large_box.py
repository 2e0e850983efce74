"""A box with much on it is lost: how long until a bare one shows its first page, and has all its files?"""

import contextlib
import time
from dataclasses import asdict, dataclass, field

from deploy.bench import inside
from deploy.bench.figures import Figure
from deploy.drills import course, holdings, spare
from deploy.drills.course import Course
from deploy.drills.outcome import Outcome
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import machine, playbook
from deploy.droplet.box import Box
from deploy.droplet.progress import say, step
from deploy.droplet.state import DropletError

_MEGABYTES = 1000.0
_FILES, _FILE_BYTES = 2000, 510_000
_BLOG, _POSTS_OF_BLOG, _CHARACTERS = "large", 1000, (3_000, 10_000)
_PATIENCE = 900
_AWAIT_REPLICA = f"bearblog wait_replicated --timeout {_PATIENCE}"
# Litestream, too far behind, empties its log at a stretch, and nobody writes for so long.
_WRITTEN_IN = 20
_LONGEST, _LONGEST_MEDIA = 240, 120
_NOT_PROVEN = (
    "`large-box` runs on one machine: no provider makes its bare box, and its bucket is as near as can be. "
    "A droplet may take longer to come, and the way to its bucket may be slower."
)


@dataclass
class _Seen:
    """What the rounds have shown: each way back, and what had not come along."""

    courses: list[Course] = field(default_factory=list)
    lost_posts: set[str] = field(default_factory=set)
    lost_media: set[str] = field(default_factory=set)
    posts: int = 0
    media: int = 0


def drill(bed: Spare, rounds: int, *, megabytes: float = _MEGABYTES, files: int = _FILES) -> Outcome:
    """Loses a box with so many MB of database and so many files so often, each time to a bare one."""
    seen = _Seen()
    # A bucket of its own: the other drills restore from that of the bed.
    own = Spare(boxes.copy_box(bed.box), bed.sessions)
    try:
        with contextlib.ExitStack() as there:
            box = spare.restored_copy(own)
            there.callback(boxes.discard, box)
            _fill(box, megabytes, files)
            size = holdings.database_megabytes(box), holdings.media_size(box).megabytes
            for number in range(1, rounds + 1):
                _await_sent(box)
                posts, media = holdings.post_rows(box), holdings.media(box)
                machine.pull_plug(box.droplet)
                there.close()
                since = time.monotonic()
                box = boxes.make_bare(own.box.bucket, own.box.https_port)
                there.callback(boxes.discard, box)
                with step("Restoring a bare box, until its last media file is back"):
                    seen.courses.append(course.follow(box, _address(box), since))
                seen.posts, seen.media = len(posts), len(media)
                seen.lost_posts |= posts - holdings.post_rows(box)
                seen.lost_media |= media - holdings.media(box)
                say(_line(number, rounds, seen))
    finally:
        boxes.remove(own.box)
    return _outcome(rounds, seen, *size)


def _fill(box: Box, megabytes: float, files: int) -> None:
    posts = f"posts={_POSTS_OF_BLOG}, characters={_CHARACTERS}"
    with step(f"Writing posts, until the database has {megabytes:,.0f} MB"):
        for part in range(1, _WRITTEN_IN + 1):
            inside.show(box, "blogs", f"write_until({megabytes * part / _WRITTEN_IN}, {_BLOG!r}, {posts})")
            box.ssh(_AWAIT_REPLICA)
        box.ssh("bearblog rebuild_hosts")
    with step(f"Uploading {files:,} files of {_FILE_BYTES:,} bytes"):
        inside.show(box, "sounds", f"add_sounds({files}, {_FILE_BYTES})")


def _await_sent(box: Box) -> None:
    with step("Waiting until the database is off the box"):
        box.ssh(_AWAIT_REPLICA)
    with step("Waiting until all media are off the box"):
        whole, deadline = holdings.media_size(box), time.monotonic() + _PATIENCE
        while (sent := holdings.media_size(box, holdings.MEDIA_IN_BUCKET)) != whole:
            if time.monotonic() > deadline:
                raise DropletError(f"Of {whole} only {sent} are in the bucket after {_PATIENCE} s.")
            time.sleep(1)


def _address(box: Box) -> str:
    return f"https://{_BLOG}-1.{playbook.MAIN_HOST}:{box.https_port}/post-{_POSTS_OF_BLOG}/"


def _line(number: int, rounds: int, seen: _Seen) -> str:
    way = seen.courses[-1]
    return (
        f"  large-box {number}/{rounds}: first page after {way.to_first_page:.1f} s (boot {way.boot:.1f}, "
        f"install {way.install:.1f}, database {way.restore:.1f}, services {way.services:.1f}); media "
        f"{way.media:.1f} s later; lost: {len(seen.lost_posts)} posts, {len(seen.lost_media)} media files"
    )


def _outcome(rounds: int, seen: _Seen, database: float, media: float) -> Outcome:
    worst = max(seen.courses, key=lambda way: way.to_first_page)
    longest = max(way.media for way in seen.courses)
    what = f"{database:,.0f} MB of database and {media:,.0f} MB of media"
    told = [
        Figure(f"of that, {name}", seconds, "s") for name, seconds in worst.told.items() if name != "whole"
    ]
    figures = [
        Figure(f"box lost to first page, with {what}", worst.to_first_page, "s", most=_LONGEST),
        Figure("a bare box made and booted", worst.boot, "s"),
        Figure("its packages, code and settings", worst.install, "s"),
        Figure("its database restored", worst.restore, "s"),
        *told,
        Figure("its services started, to the first page", worst.services, "s"),
        Figure("first page to last media file", longest, "s", most=_LONGEST_MEDIA),
        Figure(f"posts missing or other on the next box, of {seen.posts:,}", len(seen.lost_posts), most=0),
        Figure(
            f"media files missing or other on the next box, of {seen.media:,}", len(seen.lost_media), most=0
        ),
    ]
    return Outcome(rounds, figures, {"courses": [asdict(way) for way in seen.courses]}, [_NOT_PROVEN])

"""The traffic of a soak: twenty writes and two hundred reads a second, at an even pace."""

import contextlib
import time
from collections.abc import Callable, Iterator

from deploy.bench import inside, testbed
from deploy.drills import authors, readers, spare
from deploy.drills.authors import Writing
from deploy.drills.ledger import Ledger
from deploy.drills.readers import Course, Reading
from deploy.drills.spare import Spare
from deploy.droplet import playbook
from deploy.droplet.box import Box

WRITES, READS = 20, 200
_AUTHORS_OF_BLOG = 5
# Nobody writes in these; with the blogs that are written in, they are what is read.
_QUIET_BLOGS = [f"quiet-{number}" for number in range(1, 9)]
_QUIET_POSTS = 25
_READERS_OF_QUIET_BLOG = 5
# Pages a second of blogs that are written in, of which each has to be made: one in twenty.
_MADE = 10


def prepare(box: Box) -> None:
    """Writes the blogs that are only read, and lets one address read as much as all readers together."""
    testbed.lift_limits(box)
    inside.call(box, "blogs", f"write_blogs({_QUIET_BLOGS}, posts={_QUIET_POSTS}, characters=(3_000, 7_000))")
    box.ssh("bearblog rebuild_hosts && bearblog wait_replicated --timeout 60")


def reading(box: Box) -> contextlib.AbstractContextManager[Reading]:
    """Lets readers read until the block ends."""
    posts = [f"/post-{number}/" for number in range(1, _QUIET_POSTS + 1)]
    quiet = [blog for blog in _QUIET_BLOGS for _ in range(_READERS_OF_QUIET_BLOG)]
    busy = [f"drill-{number}" for number in range(1, spare.AUTHORS + 1)]
    courses = [
        *(Course(_host(blog), ["/", "/blog/", *posts], len(quiet) / (READS - _MADE)) for blog in quiet),
        *(Course(_host(blog), ["/", "/post-1/"], len(busy) / _MADE) for blog in busy),
    ]
    return readers.reading(testbed.door(box), courses)


@contextlib.contextmanager
def writing(box: Box, bed: Spare, ledger: Ledger, told: Callable[[str], None]) -> Iterator[list[Writing]]:
    """Lets several authors of each blog write until the block ends, whatever fails on the way."""
    every = _AUTHORS_OF_BLOG * len(bed.sessions) / WRITES
    with contextlib.ExitStack() as stack:
        begun = []
        for number in range(1, _AUTHORS_OF_BLOG + 1):
            # Not all of them in the same moment.
            time.sleep(every / _AUTHORS_OF_BLOG)
            some = authors.writing(
                box,
                bed.sessions,
                ledger,
                label=f"soak-{number}",
                every=every,
                persistent=True,
                told=told,
            )
            begun.append(stack.enter_context(some))
        yield begun


def _host(blog: str) -> str:
    return f"{blog}.{playbook.MAIN_HOST}"

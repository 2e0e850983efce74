"""A box to measure on: provisioned as any, filled with blogs, the limits of one address lifted."""

import json
import secrets
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from deploy.bench import inside
from deploy.bench.author import Author
from deploy.bench.load import Generator, Page
from deploy.bench.reader import Door
from deploy.droplet import box as boxes
from deploy.droplet import ground, playbook
from deploy.droplet.box import Box
from deploy.droplet.progress import step

_BLOGS, _POSTS_OF_BLOG = 200, 100
_CHARACTERS = (3_000, 7_000)
_AUTHORS = 20
# Posts of just 3,000 characters, which nobody has read before they are measured.
FRESH_BLOG, FRESH_POSTS = "fresh", 200

_DROP_INS = "/etc/systemd/system/bearblog.service.d"
_READY = "until systemctl is-active --quiet bearblog; do sleep 0.1; done; sleep 1"
# All load comes from one address here. After the unit's own file, whose values it takes the place of.
_LIFT_LIMITS = f"""
mkdir -p {_DROP_INS}
echo BEARBLOG_PAGES_A_MINUTE=1000000 > /etc/bearblog/bench.env
printf '[Service]\\nEnvironmentFile=/etc/bearblog/bench.env\\n' > {_DROP_INS}/bench.conf
systemctl daemon-reload; systemctl restart bearblog; {_READY}
"""


@dataclass(frozen=True)
class Testbed:
    """The box, its blogs, and the ways in."""

    box: Box
    door: Door
    generator: Generator
    blogs: Sequence[str]
    sessions: dict[str, str]

    def host(self, blog: str) -> str:
        """The host name of a blog."""
        return f"{blog}.{playbook.MAIN_HOST}"

    def author(self, number: int) -> Author:
        """The author of the blog at this place, signed in. There are twenty, each with other blogs."""
        email = f"author-{number % _AUTHORS + 1:03}@example.org"
        return Author(self.box, self.blogs[number], self.sessions[email])

    def post(self, blog: int = 100, number: int = 5) -> Page:
        """A post of the blog at this place."""
        return Page(self.host(self.blogs[blog]), f"/post-{number}/")

    def grant(self, hosts: Sequence[str]) -> None:
        """Lets hosts that no blog has have certificates, until the web service starts anew."""
        names = " ".join(hosts)
        self.box.ssh(f"cd /var/lib/bearblog/hosts && touch {names} && chmod 644 {names}")

    def await_application(self) -> None:
        """Returns when the web service has started."""
        self.box.ssh(_READY)


def lift_limits(box: Box) -> None:
    """Lets one address have as many pages made as all readers together."""
    box.ssh(_LIFT_LIMITS)


def door(box: Box) -> Door:
    """The way in for readers of a box that serves."""
    authority = box.ssh("cat /var/lib/caddy/pki/authorities/local/root.crt")
    return Door(box.droplet.address, box.https_port, ssl.create_default_context(cadata=authority))


@contextmanager
def filled_box() -> Iterator[Testbed]:
    """The box, until the block ends; all of it is removed then."""
    ground.prepare()
    box = boxes.make_bare(f"bench-{secrets.token_hex(4)}")
    try:
        with step("Provisioning a box"):
            box.play("site.yml")
            lift_limits(box)
        yield _fill(box)
    finally:
        boxes.remove(box)
        ground.clear_unless_used(keep_image=True)


def _fill(box: Box) -> Testbed:
    blogs = [f"blog-{number:03}" for number in range(1, _BLOGS + 1)]
    with step(f"Writing {_BLOGS} blogs with {_BLOGS * _POSTS_OF_BLOG:,} posts"):
        sessions = json.loads(inside.call(box, "blogs", f"write_authors({_AUTHORS})")[-1])
        many = f"write_blogs({blogs}, posts={_POSTS_OF_BLOG}, characters={_CHARACTERS})"
        inside.show(box, "blogs", many)
        fresh = f"write_blogs([{FRESH_BLOG!r}], posts={FRESH_POSTS}, characters=(3_000, 3_000))"
        inside.show(box, "blogs", fresh)
    with step("Letting the replica come up with it"):
        box.ssh("bearblog rebuild_hosts && bearblog wait_replicated --timeout 300")
    return Testbed(box, door(box), Generator(box.droplet.address, box.https_port), blogs, sessions)

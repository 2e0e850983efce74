"""Authors who write one post after the other, each in a thread, and note what they are told."""

import itertools
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from deploy.bench.desk import Desk
from deploy.drills.ledger import SAFE, UNANSWERED, Ledger, Post
from deploy.droplet.box import Box
from deploy.droplet.state import DropletError

_RETRY_SECONDS = 0.2
_PATIENCE = 60.0
_WORDS = ("wind", "garden", "river", "letter", "bread", "stone", "window", "winter", "ladder", "lantern")


@dataclass
class Writing:
    """What authors do now: the ledger, the seconds of each answered save, and what went wrong on the way."""

    ledger: Ledger
    authors: int
    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


@contextmanager
def writing(
    box: Box,
    sessions: Mapping[str, str],
    ledger: Ledger,
    *,
    label: str,
    pause: float = 0.0,
    every: float = 0.0,
    persistent: bool = False,
    told: Callable[[str], None] = lambda _: None,
) -> Iterator[Writing]:
    """Lets one author of each blog write until the block ends; `told` is called with the word of each answer.

    A persistent author sends a post again until it is answered, as the editor does; others stop at a failure.
    Who begins a post `every` so many seconds makes up for those that came late.
    """
    state = Writing(ledger, len(sessions))
    desks = {blog: Desk(box, session) for blog, session in sessions.items()}
    threads = [
        threading.Thread(target=_write, args=(desk, blog, label, state, pause, every, persistent, told))
        for blog, desk in desks.items()
    ]
    for thread in threads:
        thread.start()
    try:
        yield state
    finally:
        state.ended.set()
        for thread in threads:
            thread.join()


def await_safe(writing: Writing, more: int) -> None:
    """Returns when so many more posts are safe. Raises DropletError when they are not in time."""
    wanted = writing.ledger.count(SAFE) + more
    deadline = time.monotonic() + _PATIENCE
    while writing.ledger.count(SAFE) < wanted:
        if time.monotonic() > deadline:
            raise DropletError(f"No post was safe for {_PATIENCE:.0f} s: {writing.failures[-1:]}")
        writing.ended.wait(0.02)


def compose(label: str, blog: str, number: int) -> Post:
    """A post like no other."""
    title = f"{label} {blog} {number}"
    words = " ".join(random.choices(_WORDS, k=random.randint(50, 800)))  # noqa: S311 - no secret
    text = f"{title}, {secrets.token_hex(16)}.\n\n{words}"
    return Post(title, blog, title.replace(" ", "-"), text)


def send(desk: Desk, post: Post) -> str:
    """What the answer says of the copy off the box. Raises HTTPError where the save is refused or cut."""
    said = desk.post(address(post), form(post))
    return str(said["off_site"]["state"])


def address(post: Post) -> str:
    """Where the editor sends a new post."""
    return f"/studio/{post.blog}/posts/new/"


def form(post: Post) -> dict[str, str]:
    """What the editor sends of it."""
    return {
        "header": f"title: {post.title}\nlink: {post.slug}",
        "text": post.text,
        "based_on": "",
        "subject": "",
        "creation_key": post.key,
        "do": "publish",
    }


def _write(
    desk: Desk,
    blog: str,
    label: str,
    state: Writing,
    pause: float,
    every: float,
    persistent: bool,
    told: Callable[[str], None],
) -> None:
    due = time.monotonic()
    for number in itertools.count(1):
        due += every
        post = compose(label, blog, number)
        while not state.ended.is_set():
            began = time.monotonic()
            try:
                said = send(desk, post)
            except httpx.HTTPError as error:
                state.ledger.note(post, UNANSWERED)
                state.failures.append(f"{type(error).__name__}: {error}"[:200])
                if not persistent:
                    return
                state.ended.wait(_RETRY_SECONDS)
            else:
                state.waits.append(time.monotonic() - began)
                state.ledger.note(post, said)
                told(said)
                break
        if state.ended.wait(max(pause, due - time.monotonic())):
            return

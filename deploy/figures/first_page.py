"""When a box shows its first page over HTTPS."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from deploy.droplet.box import Box
from deploy.droplet.client import AtAddress


@dataclass
class FirstPage:
    """Seconds from the start of the watch to the first 200, and to the end of what was watched."""

    shown: float = float("inf")
    ended: float = float("inf")
    seen: threading.Event = field(default_factory=threading.Event)

    def wait(self, patience: float = 60) -> None:
        """Returns when the page has been seen. Raises TimeoutError when it is not in time."""
        if not self.seen.wait(patience):
            raise TimeoutError(f"The page did not answer 200 within {patience:.0f} s.")


@contextmanager
def watch(box: Box, url: str) -> Iterator[FirstPage]:
    """Asks for the page ten times a second while the block runs, until it is there."""
    began = time.monotonic()
    page = FirstPage()
    ended = threading.Event()

    def ask() -> None:
        while not ended.wait(0.1):
            if _answers(box, url):
                page.shown = time.monotonic() - began
                page.seen.set()
                return

    watcher = threading.Thread(target=ask)
    watcher.start()
    try:
        yield page
        page.ended = time.monotonic() - began
    finally:
        ended.set()
        watcher.join()


def await_page(box: Box, url: str, patience: float = 60) -> None:
    """Returns when the page is there. Raises TimeoutError when it is not in time."""
    deadline = time.monotonic() + patience
    while not _answers(box, url):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{url} did not answer 200 within {patience:.0f} s.")
        time.sleep(0.05)


def _answers(box: Box, url: str) -> bool:
    # The box's CA is being made in these seconds: whom one talks to is not the question here.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with httpx.Client(transport=AtAddress(box.droplet.address, context), timeout=5) as client:
            return client.get(url).status_code == 200
    except httpx.HTTPError:
        return False

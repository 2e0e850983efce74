"""Says what a long step does, and the seconds gone."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str = "") -> None:
    """Writes one line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announces a step, and says how long it took when it is done."""
    began = time.monotonic()
    sys.stdout.write(f"  {text} ...")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        say(f" failed after {time.monotonic() - began:.1f} s")
        raise
    say(f" {time.monotonic() - began:.1f} s")

"""Runs a program to its end, and turns its failure into a sentence."""

import subprocess
from collections.abc import Sequence

from deploy.droplet.state import DropletError


def run(*arguments: str, text: str | None = None) -> str:
    """What the program printed. Raises DropletError with its last words when it fails."""
    try:
        done = subprocess.run(arguments, input=text, text=True, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise DropletError(f"The program {arguments[0]} is not installed.") from error
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise DropletError(f"`{' '.join(arguments)}` failed: {' / '.join(words)}")
    return done.stdout


def succeeds(arguments: Sequence[str]) -> bool:
    """Whether the program ends without an error."""
    return subprocess.run(arguments, capture_output=True, check=False).returncode == 0

"""Runs lines of Python on a box, with the site's models, and shows how far they are."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from deploy.droplet.box import Box
from deploy.droplet.state import DropletError

_SCRIPTS = Path(__file__).with_name("on_box")


def call(box: Box, script: str, call: str) -> list[str]:
    """The lines that a call of the script's functions prints. Raises DropletError when it fails."""
    return list(calling(box, script, call))


def show(box: Box, script: str, call: str) -> None:
    """The same, each line shown beside the step that is under way."""
    for line in calling(box, script, call):
        sys.stdout.write(f" {line}")
        sys.stdout.flush()


def calling(box: Box, script: str, call: str) -> Iterator[str]:
    """Each line, as it is printed. Raises DropletError at the end when the call has failed."""
    lines = (_SCRIPTS / f"{script}.py").read_text(encoding="utf-8")
    command = ["ssh", "-F", str(box.droplet.ssh_config), "droplet", "bearblog shell --no-imports"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise DropletError("There is no way to talk to the box.")
        process.stdin.write(f"{lines}\n\n{call}\n")
        process.stdin.close()
        for line in process.stdout:
            yield line.rstrip("\n")
        said = process.stderr.read()
    if process.returncode:
        raise DropletError(f"`{call[:80]}` failed on the box: {said.strip()[-2000:]}")

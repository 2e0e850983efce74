"""Has a picture converted: by a program of its own, one at a time on the whole box."""

import json
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from bearblog.engines.pictures.errors import PictureError
from bearblog.engines.pictures.limits import SECONDS, WAIT_SECONDS
from bearblog.engines.pictures.outcome import Made, Order
from bearblog.lib import file_lock

_TREE = Path(__file__).resolve().parents[3]
# Nothing of the service's own environment: what decodes strangers' files need not know where secrets lie.
_ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "1"}
_TOO_LONG = "This picture took too long to make smaller. Send it with fewer pixels, or fewer frames."
_TOO_HARD = "This picture needs more memory than one picture may have. Make it smaller and try again."
_BROKEN = "This picture cannot be read: it is damaged, or not what it says it is."
_BUSY = "Other pictures are being made smaller just now. Please try again in a moment."


def convert(
    source: Path,
    folder: Path,
    extension: str,
    *,
    keeps_format: bool,
    lock: Path,
    wait: float = WAIT_SECONDS,
    seconds: float = SECONDS,
) -> list[Made]:
    """What was made in the folder, the picture itself first. Raises PictureError.

    Waits its turn at the lock file, which all processes share.
    """
    order = Order(str(source), str(folder), extension, keeps_format)
    try:
        with file_lock.held(lock, wait=wait):
            return _run(order, seconds)
    except file_lock.Busy as error:
        raise PictureError(_BUSY) from error


def _run(order: Order, seconds: float) -> list[Made]:
    command = [sys.executable, "-m", "bearblog.engines.pictures.program", json.dumps(asdict(order))]
    try:
        done = subprocess.run(
            command,
            cwd=_TREE,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PictureError(_TOO_LONG) from error
    if done.returncode < 0:
        raise PictureError(_TOO_LONG if done.returncode == -signal.SIGXCPU else _TOO_HARD)
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise PictureError(_BROKEN) from error
    if "refusal" in answer:
        raise PictureError(answer["refusal"])
    return [Made(**made) for made in answer["made"]]

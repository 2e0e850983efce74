"""Runs rclone and litestream within a time, and makes a sentence of what they complain about."""

import os
import re
import subprocess
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass

from bearblog.engines.replication.errors import Refused, ReplicationError, TimedOut, Unreachable

_REFUSED = re.compile(
    r"api error (?P<code>\w*(?:Denied|Signature|AccessKey|Forbidden|Token)\w*)|StatusCode: 40[13]"
    r"|IMDS|get credentials",
    re.IGNORECASE,
)
_DISK = re.compile(r"(permission denied|read-only file system|no space left on device)", re.IGNORECASE)
_TROUBLE = re.compile(r"StatusCode: (?P<status>5\d\d|429)")
_NO_BUCKET = re.compile(r"NoSuchBucket")
_NETWORK = re.compile(
    r"(dial tcp .*|lookup .*|tls: .*|x509: .*|i/o timeout|Client\.Timeout.*|context deadline exceeded"
    r"|connection reset.*)$",
    re.MULTILINE,
)


_PROGRESS_SECONDS = 2.0


@dataclass(frozen=True)
class Done:
    """A program that ended: its exit code and what it wrote."""

    code: int
    output: bytes
    errors: str


def environment() -> dict[str, str]:
    """The environment for rclone and litestream: the caller's, with keys only from the shared file."""
    kept = {name: value for name, value in os.environ.items() if name != "AWS_CA_BUNDLE"}
    # Without this both ask the cloud's metadata address for keys, and hang where there is none.
    return kept | {"AWS_EC2_METADATA_DISABLED": "true"}


def run(command: list[str], *, content: bytes = b"", seconds: float) -> Done:
    """Runs the program to its end. Raises Unreachable when the time is over, else ReplicationError."""
    try:
        ended = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, env=environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreachable(f"The bucket did not answer within {seconds:.0f} seconds.") from error
    except OSError as error:
        raise cannot_start(command[0], error) from error
    return Done(ended.returncode, ended.stdout, ended.stderr.decode(errors="replace"))


def watch(
    command: list[str], tell: Callable[[float], None], *, name: str, seconds: float, **more: str
) -> Done:
    """Runs the program to its end, and tells every two seconds how long it has been at work.

    What more is named is set in its environment. Raises TimedOut in the given name, else ReplicationError.
    """
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment() | more
        )
    except OSError as error:
        raise cannot_start(command[0], error) from error
    started = time.monotonic()
    with process:
        try:
            while True:
                try:
                    output, errors = process.communicate(timeout=min(_PROGRESS_SECONDS, seconds))
                    return Done(process.returncode, output, errors.decode(errors="replace"))
                except subprocess.TimeoutExpired:
                    gone = time.monotonic() - started
                    if gone > seconds:
                        raise TimedOut(f"{name} did not end within {seconds:.0f} seconds.") from None
                    tell(gone)
        finally:
            process.kill()


def cannot_start(program: str, error: OSError) -> ReplicationError:
    """The error for a program that is not there or may not be run."""
    return ReplicationError(f"{program} could not be started ({error.strerror}). Run the playbook again.")


def bucket_error(complaint: str) -> ReplicationError:
    """The error that a complaint of rclone or litestream amounts to, without the addresses it asked."""
    return known_error(complaint) or ReplicationError(
        f"The bucket could not be used: {last_words(complaint)}."
    )


def known_error(complaint: str) -> ReplicationError | None:
    """The error behind a complaint about keys, network or the bucket itself; None for any other."""
    if refusal := _REFUSED.search(complaint):
        code = refusal.group("code") or "no valid key"
        return Refused(
            f"The bucket refuses this box's key ({code}). Correct bucket_access_key and bucket_secret_key "
            "in the inventory and run the playbook again."
        )
    if obstacle := _DISK.search(complaint):
        return ReplicationError(f"This box's own disk cannot be used: {obstacle.group()}.")
    if _NO_BUCKET.search(complaint):
        return ReplicationError(
            "The bucket does not exist. Make it, or correct bucket_name in the inventory."
        )
    if trouble := _TROUBLE.search(complaint):
        return Unreachable(
            f"The bucket is in trouble (it answers {trouble.group('status')}); try again later."
        )
    if network := _NETWORK.search(complaint):
        return Unreachable(f"The bucket cannot be reached ({last_words(network.group())}).")
    return None


def last_words(complaint: str) -> str:
    """The last line of a complaint, shortened."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    return (
        textwrap.shorten(lines[-1].removeprefix("Error: ").rstrip("."), 300, placeholder=" ...")
        if lines
        else "no reason was given"
    )

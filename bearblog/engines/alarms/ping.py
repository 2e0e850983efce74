"""Dead-man's switches, by the protocol of healthchecks.io: who hears nothing for too long raises the alarm.

`python -m bearblog.engines.alarms.ping FILE SIGNAL` reads the address from the file and a log from its input.
"""

import sys
from argparse import ArgumentParser
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bearblog.engines.alarms import post
from bearblog.engines.alarms.errors import NotSent

# Where one runs the service oneself, it keeps so much of a log.
_MOST_BYTES = 10_000


class Signal(StrEnum):
    """What is told: work begins, it has been done, it has failed."""

    START = "start"
    DONE = "done"
    FAIL = "fail"


def send(url: str, signal: Signal, log: str = "", *, seconds: float = post.SECONDS) -> None:
    """Tells the switch, with the end of the log. Raises NotSent."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if signal is not Signal.DONE:
        path = f"{path}/{signal}"
    body = log.encode()[-_MOST_BYTES:]
    post.post(
        urlunsplit(parts._replace(path=path)), body, content_type="text/plain; charset=utf-8", seconds=seconds
    )


def main(arguments: list[str]) -> int:
    """Sends one ping; 1 and a sentence where it was not taken."""
    parser = ArgumentParser(prog="ping", description="Tells a dead-man's switch how the work goes.")
    parser.add_argument("file", type=Path, help="the file with the address")
    parser.add_argument("signal", type=Signal, choices=list(Signal))
    options = parser.parse_args(arguments)
    try:
        send(options.file.read_text(encoding="utf-8").strip(), options.signal, sys.stdin.read())
    except (NotSent, OSError, UnicodeError) as error:
        sys.stderr.write(f"The ping `{options.signal}` was not sent: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

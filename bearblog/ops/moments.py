"""Moments as the operator types them on a command line."""

from argparse import ArgumentTypeError
from datetime import datetime

from bearblog.engines.replication.current import parse_moment


def moment(text: str) -> datetime:
    """The moment that the operator typed. Raises ArgumentTypeError."""
    try:
        return parse_moment(text)
    except ValueError as error:
        raise ArgumentTypeError(
            f"{text!r} is no moment with a time zone, such as 2026-11-21T02:45:00Z"
        ) from error

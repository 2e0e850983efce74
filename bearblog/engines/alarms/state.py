"""What is known of alarms: what is broken since when, which errors arose, and who has been told by which way.

Moments are seconds since 1970, so that processes and boots can compare them.
"""

import msgspec


class Alarm(msgspec.Struct):
    """One thing that is broken, or that is mended and whose end has not been told yet."""

    sentence: str
    mend: str
    since: float
    mended: float | None = None
    # The ways by which it was told that it broke, and that it mended.
    broken_by: list[str] = []
    mended_by: list[str] = []


class Said(msgspec.Struct):
    """What was last told of a group of errors."""

    moment: float
    count: int


class Errors(msgspec.Struct):
    """The errors that arose at one place."""

    sentence: str
    last: float
    count: int = 0
    said: dict[str, Said] = {}


class Way(msgspec.Struct):
    """A way by which messages go: when they went within the last hour, and how often in a row it failed."""

    sent: list[float] = []
    held_at: float = 0.0
    failures: int = 0
    rests_until: float = 0.0
    complaint: str = ""


class State(msgspec.Struct):
    """All of it."""

    alarms: dict[str, Alarm] = {}
    # Seen broken once: the second time in a row it is an alarm.
    suspects: list[str] = []
    errors: dict[str, Errors] = {}
    ways: dict[str, Way] = {}


def encode(state: State) -> bytes:
    """The state as JSON, for people too."""
    return msgspec.json.format(msgspec.json.encode(state), indent=2)


def decode(content: bytes) -> State:
    """The state that was encoded. Raises msgspec.DecodeError, of which ValidationError is one."""
    return msgspec.json.decode(content, type=State)

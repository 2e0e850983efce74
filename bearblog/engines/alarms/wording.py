"""What alarms say, in plain text."""

from datetime import UTC, datetime

from bearblog.engines.alarms.state import Alarm, Errors

HELD_BACK = "More alarms are held back for an hour, since there were so many."


def broken(name: str, alarm: Alarm) -> str:
    """That a thing broke, and how to mend it."""
    lines = [f"Broken since {_moment(alarm.since)}: {name}", alarm.sentence, alarm.mend]
    return "\n".join(line for line in lines if line)


def mended(name: str, alarm: Alarm) -> str:
    """That what was told of is over."""
    return f"Mended after {_duration(alarm)}: {name}"


def over(name: str, alarm: Alarm) -> str:
    """Both at once, of what mended before it could be told of."""
    return f"Was broken for {_duration(alarm)} from {_moment(alarm.since)} on: {name}\n{alarm.sentence}"


def errors(group: Errors, number: int, mend: str) -> str:
    """How many errors arose at a place since they were last told of."""
    times = "once" if number == 1 else f"{number} times"
    until = "at" if number == 1 else "last at"
    what = f"Error in the application: {group.sentence}, {times}, {until} {_moment(group.last)}"
    return f"{what}\n{mend}"


def title(parts: list[str]) -> str:
    """A line that stands for all parts."""
    return parts[0].partition("\n")[0] if len(parts) == 1 else f"{len(parts)} alarms"


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _duration(alarm: Alarm) -> str:
    seconds = max(0, round((alarm.mended or alarm.since) - alarm.since))
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            number = round(seconds / size)
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"

"""What the worker does about alarms by the clock."""

from django.conf import settings

from bearblog.engines.alarms.errors import AlarmError
from bearblog.ops import alarms, unit_states
from bearblog.ops.clock import Duty

_EXPECTED = (AlarmError, unit_states.NoAnswer)


def alarm_duties() -> list[Duty]:
    """Looking after what may break, and telling of it, which takes as long as those who are told do."""
    duties = [
        Duty("Telling of alarms", 10, alarms.say, expected=_EXPECTED),
        Duty("Looking at failed units", 60, alarms.watch_units, expected=_EXPECTED),
    ]
    if settings.WEB_SOCKET:
        duties.append(Duty("Looking at the web process", 60, alarms.WebWatch().look, expected=_EXPECTED))
    return duties

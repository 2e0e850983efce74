"""What happens to alarms: they break, they mend, errors are counted, and what is over is forgotten."""

from collections.abc import Collection, Iterable

from bearblog.engines.alarms.spool import Spotted
from bearblog.engines.alarms.state import Alarm, Errors, State

HOUR = 3600.0
# Whatever goes wrong, the book stays small.
MOST_GROUPS = 200
_REST = "elsewhere"


def break_(state: State, name: str, *, sentence: str, mend: str, now: float) -> None:
    """Notes that the thing is broken, unless that is known."""
    known = state.alarms.get(name)
    if known is None:
        state.alarms[name] = Alarm(sentence, mend, now)
        return
    known.sentence, known.mend = sentence, mend
    if known.mended is not None:
        # Who was told of its end hears of it anew; for all others it never ended.
        known.broken_by = [way for way in known.broken_by if way not in known.mended_by]
        known.mended, known.mended_by = None, []


def mend(state: State, name: str, *, now: float) -> None:
    """Notes that the thing is well again, if it was broken."""
    state.suspects = [suspect for suspect in state.suspects if suspect != name]
    known = state.alarms.get(name)
    if known is not None and known.mended is None:
        known.mended = now


def suspect(state: State, name: str, *, sentence: str, mend: str, now: float) -> None:
    """Notes that the thing was seen broken; the second time in a row it is an alarm."""
    if name in state.suspects or name in state.alarms:
        break_(state, name, sentence=sentence, mend=mend, now=now)
    else:
        state.suspects.append(name)


def acquit(state: State, name: str) -> None:
    """Notes that the thing was not seen broken this time; an alarm that there is stays."""
    state.suspects = [suspect for suspect in state.suspects if suspect != name]


def count(state: State, spotted: Iterable[Spotted]) -> None:
    """Adds errors to those of their place."""
    for one in spotted:
        place, sentence = one.place, one.sentence
        if place not in state.errors and len(state.errors) >= MOST_GROUPS:
            place, sentence = _REST, f"Errors at more than {MOST_GROUPS} places"
        group = state.errors.setdefault(place, Errors(sentence, one.moment))
        group.count += 1
        group.last = one.moment


def forget(state: State, ways: Collection[str], *, now: float) -> None:
    """Lets go of what is over and was told by every way that there is."""
    state.alarms = {
        name: alarm
        for name, alarm in state.alarms.items()
        if alarm.mended is None or not set(ways) <= set(alarm.mended_by)
    }
    state.errors = {
        place: group
        for place, group in state.errors.items()
        if not _is_told(group, ways) or now - group.last < HOUR
    }
    state.ways = {name: way for name, way in state.ways.items() if name in ways}


def _is_told(group: Errors, ways: Collection[str]) -> bool:
    return all(way in group.said and group.said[way].count == group.count for way in ways)

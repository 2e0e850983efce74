"""Tells of alarms by each way: once that a thing broke, once that it mended. A failed way is tried again."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bearblog.engines.alarms import changes, wording
from bearblog.engines.alarms.book import Book
from bearblog.engines.alarms.errors import NotSent
from bearblog.engines.alarms.state import Said, State, Way
from bearblog.lib import file_lock

logger = logging.getLogger(__name__)

# By one way in an hour; then one more says that there would be more.
MOST_AN_HOUR = 20
MOST_AT_ONCE = 10
# After the first, second, ... failure in a row.
RESTS = (60.0, 120.0, 300.0, 900.0, 1800.0, 3600.0)


@dataclass
class Message:
    """What is told at once, and what is to be noted when it was taken."""

    parts: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return wording.title(self.parts)

    @property
    def text(self) -> str:
        return "\n\n".join(self.parts)


# Takes a title and a text; raises NotSent.
Send = Callable[[str, str], None]


def say(book: Book, ways: Mapping[str, Send], *, errors_mend: str, now: float, wait: float = 0) -> None:
    """Tells what is due by each way. Whoever comes while another process tells waits so many seconds for it.

    Raises AlarmError.
    """
    try:
        with file_lock.held(book.folder / ".saying.lock", wait=wait):
            for name, send in ways.items():
                _say_by(book, name, send, errors_mend, now)
            with book.opened() as state:
                changes.forget(state, ways, now=now)
    except file_lock.Busy:
        logger.info("Another process tells of the alarms.")


def _say_by(book: Book, name: str, send: Send, errors_mend: str, now: float) -> None:
    with book.opened() as state:
        message = due(state, name, errors_mend=errors_mend, now=now)
    if message is None:
        return
    try:
        send(message.title, message.text)
    except NotSent as error:
        with book.opened() as state:
            _note_failure(state.ways.setdefault(name, Way()), str(error), now)
        logger.warning("An alarm could not be told by %s: %s", name, error)
    else:
        with book.opened() as state:
            _note(state, name, message, now)


def due(state: State, name: str, *, errors_mend: str, now: float) -> Message | None:
    """What is to be told by this way now."""
    way = state.ways.get(name, Way())
    if now < way.rests_until:
        return None
    message = Message()
    _add_alarms(message, state, name)
    _add_errors(message, state, name, errors_mend, now)
    if message.parts and len(_recent(way, now)) >= MOST_AN_HOUR:
        return Message([wording.HELD_BACK]) if now - way.held_at >= changes.HOUR else None
    return message if message.parts else None


def _add_alarms(message: Message, state: State, way: str) -> None:
    for name, alarm in state.alarms.items():
        if len(message.parts) >= MOST_AT_ONCE:
            return
        is_told = way in alarm.broken_by
        if alarm.mended is None and not is_told:
            message.parts.append(wording.broken(name, alarm))
            message.broken.append(name)
        elif alarm.mended is not None and way not in alarm.mended_by:
            message.parts.append(wording.mended(name, alarm) if is_told else wording.over(name, alarm))
            message.mended.append(name)


def _add_errors(message: Message, state: State, way: str, mend: str, now: float) -> None:
    for place, group in state.errors.items():
        if len(message.parts) >= MOST_AT_ONCE:
            return
        said = group.said.get(way)
        number = group.count - (said.count if said else 0)
        if number and (said is None or now - said.moment >= changes.HOUR):
            message.parts.append(wording.errors(group, number, mend))
            message.errors[place] = group.count


def _note(state: State, name: str, message: Message, now: float) -> None:
    way = state.ways.setdefault(name, Way())
    way.sent = [*_recent(way, now), now]
    way.failures, way.rests_until, way.complaint = 0, 0.0, ""
    if message.parts == [wording.HELD_BACK]:
        way.held_at = now
    for alarm in (state.alarms[one] for one in message.broken if one in state.alarms):
        alarm.broken_by.append(name)
    for alarm in (state.alarms[one] for one in message.mended if one in state.alarms):
        # It may have broken again meanwhile, which is then to be told.
        if alarm.mended is None:
            alarm.broken_by = [one for one in alarm.broken_by if one != name]
        else:
            alarm.mended_by.append(name)
    for place, count in message.errors.items():
        if place in state.errors:
            state.errors[place].said[name] = Said(now, count)


def _note_failure(way: Way, complaint: str, now: float) -> None:
    way.rests_until = now + RESTS[min(way.failures, len(RESTS) - 1)]
    way.failures += 1
    way.complaint = complaint


def _recent(way: Way, now: float) -> list[float]:
    return [moment for moment in way.sent if now - moment < changes.HOUR]

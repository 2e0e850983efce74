"""The alarms of this box: what breaks and mends them, and the ways by which they are told."""

import time
from collections.abc import Collection
from functools import partial
from http import HTTPStatus

from django.conf import settings

from bearblog.engines.alarms import changes, saying, spool, webhook
from bearblog.engines.alarms.book import Book
from bearblog.engines.alarms.errors import AlarmError
from bearblog.engines.alarms.saying import Send
from bearblog.engines.vitals.findings import Finding, Grade
from bearblog.lib.file_lock import Busy
from bearblog.ops import alarm_letters, box, unit_states, web_process

UNIT = "unit "
DOCTOR = "doctor: "
WEB = "the web service"
_WEB_MEND = "See: systemctl status bearblog; journalctl -u bearblog."
_ERRORS_MEND = "See: journalctl -u bearblog -u bearblog-worker."


def book() -> Book:
    """The book of this box."""
    return Book(settings.ALARMS_DIR)


def ways() -> dict[str, Send]:
    """The ways by which alarms can be told here. Each takes a title and a text, and raises NotSent."""
    found: dict[str, Send] = {}
    if settings.ALARM_WEBHOOK:
        found["webhook"] = _by_webhook
    if settings.ALARM_EMAIL and settings.LETTER_BACKEND:
        found["letter"] = partial(alarm_letters.send, settings.ALARM_EMAIL)
    return found


def say(*, wait: float = 0) -> None:
    """Tells what is to be told, errors in the application among it. Raises AlarmError."""
    with book().opened() as state:
        try:
            changes.count(state, spool.take(settings.ALARMS_DIR))
        except Busy as error:
            raise AlarmError("The errors on their way are held by another process.") from error
    saying.say(book(), ways(), errors_mend=_ERRORS_MEND, now=time.time(), wait=wait)


def break_unit(unit: str) -> None:
    """Notes that systemd found the unit failed. Raises AlarmError."""
    with book().opened() as state:
        changes.break_(
            state,
            UNIT + unit,
            sentence=f"{unit} has failed.",
            mend=f"See: systemctl status {unit}; journalctl -u {unit}.",
            now=time.time(),
        )


def broken_units() -> list[str]:
    """The units that are broken as far as is known. Raises AlarmError."""
    alarms = book().read().alarms
    return [
        name.removeprefix(UNIT)
        for name, alarm in alarms.items()
        if name.startswith(UNIT) and alarm.mended is None
    ]


def mend_units(units: Collection[str]) -> None:
    """Notes that the units are well again. Raises AlarmError."""
    with book().opened() as state:
        for unit in units:
            changes.mend(state, UNIT + unit, now=time.time())


def watch_units() -> None:
    """Looks whether units that had failed are well again. Raises AlarmError, unit_states.NoAnswer."""
    mended = unit_states.well(broken_units())
    if mended:
        mend_units(mended)


class WebWatch:
    """Looks whether the web process can do its work; seen twice in a row that not, it is an alarm.

    A process that is started again and again is asked in vain, like one that hangs.
    """

    def __init__(self) -> None:
        # Not in the book: web starts after the worker, so what an earlier worker saw says nothing.
        self._was_ready = True

    def look(self) -> None:
        """Looks once. Raises AlarmError."""
        complaint = _web_complaint()
        with book().opened() as state:
            if not complaint:
                changes.mend(state, WEB, now=time.time())
            elif not self._was_ready:
                changes.break_(state, WEB, sentence=complaint, mend=_WEB_MEND, now=time.time())
        self._was_ready = not complaint


def follow(findings: Collection[Finding]) -> None:
    """Makes alarms of what the doctor found failed in two runs running, and mends those that are ok again.

    Raises AlarmError.
    """
    now = time.time()
    with book().opened() as state:
        for finding in findings:
            name = DOCTOR + finding.name
            match finding.grade:
                case Grade.FAIL:
                    changes.suspect(state, name, sentence=finding.sentence, mend=finding.mend, now=now)
                case Grade.WARNING:
                    changes.acquit(state, name)
                case Grade.OK:
                    changes.mend(state, name, now=now)
        # A line that the doctor has no more cannot be broken.
        for name in {name for name in state.alarms if name.startswith(DOCTOR)}:
            if name not in {DOCTOR + finding.name for finding in findings}:
                changes.mend(state, name, now=now)


def _web_complaint() -> str:
    try:
        answer = web_process.readiness()
    except web_process.NoAnswer as error:
        return str(error)
    return "" if answer.status == HTTPStatus.OK else answer.body.decode(errors="replace").strip()


def _by_webhook(title: str, text: str) -> None:
    webhook.send(settings.ALARM_WEBHOOK, f"{box.site()}\n{text}")

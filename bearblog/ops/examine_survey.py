"""The doctor's look through the eyes of root: how new the survey is, and what follows from it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from bearblog.engines.vitals.errors import VitalsError
from bearblog.engines.vitals.findings import Finding, fail, ok
from bearblog.ops import examine_certificates, examine_installation, examine_machine, survey
from bearblog.ops.survey import Survey

_OLDEST = timedelta(minutes=15)
_SEE = "See: journalctl -u bearblog-survey; systemctl status bearblog-survey.timer."
Part = TypeVar("Part")


def examine() -> list[Finding]:
    """A line for each thing that only root can see, and one on how new that is. Never raises."""
    if not settings.SURVEY_FILE:
        return [ok("survey", "No root looks this machine over; on a box bearblog-survey.service does.")]
    try:
        seen = survey.read(Path(settings.SURVEY_FILE))
    except VitalsError as error:
        return [fail("survey", str(error), _SEE)]
    if seen is None:
        return [fail("survey", "Root never looked this box over.", _SEE)]
    return [
        _freshness(seen),
        _judged(seen, "memory", seen.memory, examine_machine.memory),
        _judged(seen, "failed units", seen.failed_units, examine_machine.failed_units),
        _judged(seen, "clock", seen.clock, examine_machine.clock),
        _judged(seen, "updates", seen.updates, examine_machine.updates),
        _judged(seen, "reboot", seen.reboot, examine_machine.reboot),
        _judged(seen, "certificates", seen.certificates, examine_certificates.validity),
        _judged(seen, "certificates", seen.certificates, examine_certificates.issued),
        _judged(seen, "drift", seen.drift, examine_installation.drift),
        _judged(seen, "reserved address", seen.reserved_address, examine_installation.reserved_address),
    ]


def _freshness(seen: Survey) -> Finding:
    age = datetime.now(UTC) - seen.moment
    if age <= _OLDEST:
        return ok("survey", f"Root looked the box over {max(age.total_seconds(), 0):.0f} s ago.")
    minutes = age.total_seconds() / 60
    return fail("survey", f"Root last looked the box over {minutes:.0f} minutes ago.", _SEE)


def _judged(seen: Survey, name: str, part: Part | None, judge: Callable[[Part], Finding]) -> Finding:
    if part is not None:
        return judge(part)
    reason = seen.troubles.get(name.replace(" ", "_"), "no reason was given")
    return fail(name, f"It could not be looked at ({reason}).", _SEE)

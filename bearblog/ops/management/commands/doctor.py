"""Looks the box over, a line for each thing."""

import dataclasses
import json
import sys
from argparse import ArgumentParser
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bearblog.engines.alarms.errors import AlarmError
from bearblog.engines.vitals import report
from bearblog.engines.vitals.errors import VitalsError
from bearblog.engines.vitals.findings import Finding, Grade
from bearblog.ops import alarms, doctor

_ALARM_SECONDS = 30


class Command(BaseCommand):
    help = (
        "Looks at everything that can silently go wrong: a line each, exit code 1 when something has failed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one line of JSON")
        parser.add_argument(
            "--record",
            action="store_true",
            help="keep the report for the desk (bearblog-doctor.service does); the exit code is 0 then",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        findings = doctor.examine()
        if options["record"]:
            # A unit that fails would itself be something for the doctor to find.
            self.stdout.write(record(findings))
            tell(findings)
            return
        if options["json"]:
            self.stdout.write(json.dumps([dataclasses.asdict(finding) for finding in findings]))
        else:
            for finding in findings:
                self.stdout.write(finding.describe())
        if any(finding.grade is Grade.FAIL for finding in findings):
            sys.exit(1)


def record(findings: list[Finding]) -> str:
    """What was kept for the staff's desk, in a sentence. Raises CommandError when the disk refuses."""
    try:
        report.write(settings.DOCTOR_REPORT, findings, datetime.now(UTC))
    except VitalsError as error:
        raise CommandError(f"{error} On a box: systemctl start bearblog-doctor.") from error
    counted = Counter(finding.grade for finding in findings)
    return f"The report is kept: {counted[Grade.FAIL]} failed, {counted[Grade.WARNING]} warnings."


def tell(findings: list[Finding]) -> None:
    """Tells of what broke and mended, at once: the worker may be what is broken. Raises CommandError."""
    try:
        alarms.follow(findings)
        alarms.say(wait=_ALARM_SECONDS)
    except AlarmError as error:
        raise CommandError(str(error)) from error

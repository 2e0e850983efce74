"""Looks the box over, a line for each thing."""

import dataclasses
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bearblog.ops import doctor
from bearblog.ops.findings import Grade


class Command(BaseCommand):
    help = (
        "Looks at everything that can silently go wrong: a line each, exit code 1 when something has failed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = doctor.examine()
        if options["json"]:
            self.stdout.write(json.dumps([dataclasses.asdict(finding) for finding in findings]))
        else:
            for finding in findings:
                self.stdout.write(finding.describe())
        if any(finding.grade is Grade.FAIL for finding in findings):
            sys.exit(1)

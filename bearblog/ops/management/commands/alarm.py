"""Raises an alarm for a failed unit, tries the ways by which alarms are told, and lists what is broken."""

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.engines.alarms.errors import AlarmError, NotSent
from bearblog.ops import alarms

# For a worker that is telling just now.
_PATIENCE = 30.0


class Command(BaseCommand):
    help = "Lists what is broken. systemd calls it with --unit when a unit has failed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--list", action="store_true", help="list what is broken, and what could not be told"
        )
        what.add_argument("--test", action="store_true", help="tell by each way that this is a test")
        what.add_argument("--unit", metavar="NAME", help="note that this unit has failed, and tell of it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["unit"]:
                alarms.break_unit(options["unit"])
                alarms.say(wait=_PATIENCE)
            elif options["test"]:
                self._test()
            else:
                self._list()
        except AlarmError as error:
            raise CommandError(str(error)) from error

    def _test(self) -> None:
        ways = alarms.ways()
        if not ways:
            raise CommandError(
                "Nobody is told of alarms: set alarm_webhook, or a mail_provider, in the inventory."
            )
        complaints = []
        for name, send in ways.items():
            try:
                send("This is a test", "This is a test: alarms of this box arrive here.")
                self.stdout.write(f"{name}: told.")
            except NotSent as error:
                complaints.append(f"{name}: {error}")
        if complaints:
            raise CommandError("\n".join(complaints))

    def _list(self) -> None:
        state = alarms.book().read()
        broken = {name: alarm for name, alarm in state.alarms.items() if alarm.mended is None}
        for name, alarm in broken.items():
            since = datetime.fromtimestamp(alarm.since, UTC)
            told = ", ".join(alarm.broken_by) or "nobody yet"
            self.stdout.write(f"{name}, since {since:%Y-%m-%d %H:%M} UTC, told: {told}")
            self.stdout.write(f"    {alarm.sentence} {alarm.mend}".rstrip())
        for name, way in state.ways.items():
            if way.complaint:
                self.stdout.write(f"The {name} takes nothing: {way.complaint} It is tried again.")
        if not broken:
            self.stdout.write("Nothing is broken, as far as alarms tell.")
        if broken:
            sys.exit(1)

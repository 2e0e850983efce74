"""Waits until everything committed so far has been shipped."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bearblog.engines.replication import control, superseded
from bearblog.engines.replication.errors import ReplicationError
from bearblog.ops import box


class Command(BaseCommand):
    help = "Waits until the replica holds everything committed before the command."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--timeout", type=float, default=30.0, help="seconds (default: 30)")

    def handle(self, *args: Any, **options: Any) -> None:
        if superseded.is_superseded(box.superseded_file()):
            raise CommandError("Another box took over: what is written here reaches no living replica.")
        try:
            result = control.wait_until_replicated(settings.SYNC_SOCKET, timeout=options["timeout"])
        except ReplicationError as error:
            raise CommandError(str(error)) from error
        place = "off the box" if settings.OFF_SITE else "in a folder on this box's own disk"
        self.stdout.write(f"Transaction {result.replicated_txid} is {place}.")

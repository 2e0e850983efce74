"""Gives a new box its own prefix in the bucket."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.engines.replication import claiming
from bearblog.engines.replication.errors import ReplicationError
from bearblog.ops import box


class Command(BaseCommand):
    help = "Claims a prefix of the bucket for this box, once; prints JSON. Safe to run again."
    # Runs before there is a database.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--start-new",
            action="store_true",
            help="begin on a new prefix although the bucket holds another box's blog, which stays there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = claiming.claim(
                box.bucket(),
                box.installation_file(),
                site=box.site(),
                now=datetime.now(UTC),
                start_new=options["start_new"],
            )
        except ReplicationError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            json.dumps(
                {
                    "prefix": outcome.installation.prefix,
                    "claimed": outcome.installation.claimed,
                    "message": outcome.message,
                    "changed": outcome.changed,
                }
            )
        )

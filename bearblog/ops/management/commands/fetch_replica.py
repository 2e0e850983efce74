"""Brings the newest replica into a file beside the living database, for a rehearsal."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.rehearsal import fetch_newest
from bearblog.ops import box


class Command(BaseCommand):
    help = "Writes the newest replica into a new file and reads it whole. The box stays as it is."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to write it")
        parser.add_argument("--most-bytes", type=int, required=True, help="give up when it grows larger")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            fetched = fetch_newest(
                box.bucket(),
                options["file"],
                now=datetime.now(UTC),
                report=lambda line: None,
                most_bytes=options["most_bytes"],
            )
        except ReplicationError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"whole, {sum(fetched.rows.values())} rows in {len(fetched.rows)} tables, from {fetched.prefix}"
        )

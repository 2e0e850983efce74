"""Brings the database back from the bucket."""

import json
import signal
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.domain.blogs import stored_pages
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.restore import Restored, Target, restore
from bearblog.ops import box
from bearblog.ops.moments import moment


class Command(BaseCommand):
    help = "Restores the database from the bucket onto a new prefix; prints JSON. Stop the services first."
    # Runs before there is a database.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", type=moment, help="a moment in the past (RFC 3339); default: the newest state"
        )
        parser.add_argument(
            "--replace", action="store_true", help="restore over a database; the old one is set aside"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # A stop must run the clean-up, which puts everything back.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped; the box was left as it was."))
        target = Target(
            database=box.database(),
            installation_file=box.installation_file(),
            site=box.site(),
            replace=options["replace"],
        )
        try:
            restored = restore(
                box.bucket(), target, moment=options["at"], now=datetime.now(UTC), report=self.stderr.write
            )
        except ReplicationError as error:
            raise CommandError(str(error)) from error
        self._forget_pages()
        self.stdout.write(_describe(restored))

    def _forget_pages(self) -> None:
        # They are of another moment, and lie under version numbers that will be given once more.
        try:
            stored_pages.clear()
        except OSError as error:
            self.stderr.write(f"Stored pages are left ({error}). First of all: bearblog pages clear.")


def _describe(restored: Restored) -> str:
    return json.dumps(
        {
            "source": restored.source,
            "prefix": restored.prefix,
            "moment": restored.moment.isoformat() if restored.moment else None,
            "txid": restored.txid,
            "rows": sum(restored.rows.values()),
            "tables": restored.rows,
            "seconds": round(restored.seconds, 2),
            "set_aside": str(restored.set_aside) if restored.set_aside else None,
        }
    )

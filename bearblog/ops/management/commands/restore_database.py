"""Brings the database back from the bucket."""

import dataclasses
import json
import signal
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.domain.blogs import stored_pages
from bearblog.engines.replication.errors import Damaged, ReplicationError
from bearblog.engines.replication.restore import Look, Restored, Target, restore
from bearblog.ops import backup_sets, box
from bearblog.ops.moments import moment
from bearblog.ops.preparing import Prepared, prepare


class Command(BaseCommand):
    help = (
        "Restores the database from the replica onto a new prefix, and looks at it before it is placed; "
        "prints JSON. Stop the services first."
    )
    # Runs before there is a database.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", type=moment, help="a moment in the past (RFC 3339); default: the newest state"
        )
        parser.add_argument(
            "--replace", action="store_true", help="restore over a database; the old one is set aside"
        )
        parser.add_argument("--unchecked", action="store_true", help="only warn of what readers would miss")

    def handle(self, *args: Any, **options: Any) -> None:
        # A stop must run the clean-up, which puts everything back.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped; the box was left as it was."))
        prepared: list[Prepared] = []

        def look(folder: Path) -> None:
            prepared.append(prepare(folder, is_unchecked=options["unchecked"], report=self.stderr.write))

        try:
            restored = self._restore(options["at"], look, replace=options["replace"])
        except ReplicationError as error:
            raise CommandError(str(error)) from error
        self._forget_pages()
        for warning in prepared[0].warnings:
            self.stderr.write(f"WARNING: {warning}")
        self.stdout.write(_describe(restored, prepared[0]))

    def _restore(self, at: datetime | None, look: Look, *, replace: bool) -> Restored:
        bucket, now = box.bucket(), datetime.now(UTC)
        target = Target(box.database(), box.installation_file(), box.site(), replace)
        try:
            return restore(bucket, target, moment=at, now=now, report=self.stderr.write, look=look)
        except Damaged as error:
            sets = backup_sets.describe_newest(bucket)
            raise CommandError(f"{error} Nothing was changed on this box. {sets}") from error

    def _forget_pages(self) -> None:
        # They are of another moment, and lie under version numbers that will be given once more.
        try:
            stored_pages.clear()
        except OSError as error:
            self.stderr.write(f"Stored pages are left ({error}). First of all: bearblog pages clear.")


def _describe(restored: Restored, prepared: Prepared) -> str:
    return json.dumps(
        {
            "source": restored.source,
            "prefix": restored.prefix,
            "moment": restored.moment.isoformat() if restored.moment else None,
            "txid": restored.txid,
            "rows": sum(restored.rows.values()),
            "tables": restored.rows,
            "seconds": round(restored.seconds, 2),
            "parts": {name: round(seconds, 2) for name, seconds in restored.parts.items()},
            "set_aside": str(restored.set_aside) if restored.set_aside else None,
            "prepared": dataclasses.asdict(prepared),
        }
    )

"""Migrates a copy of the database, timed, and leaves the living one as it is."""

import dataclasses
import json
import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from bearblog.ops import box, schema
from bearblog.ops.schema import SchemaError

_SPARE_BYTES = 200_000_000


class Command(BaseCommand):
    help = (
        "Runs this release's migrations on a copy of the database, reads it whole, says how long they took. "
        "The living database stays as it is. Refused where it is newer than this release."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="bearblog-rehearsal-", dir="/var/tmp") as folder:
            _demand_space(Path(folder))
            try:
                found = schema.rehearse(Path(folder))
            except SchemaError as error:
                raise CommandError(str(error)) from error
            except DatabaseError as error:
                raise CommandError(
                    f"A migration failed on a copy of the database: {str(error).rstrip('.')}."
                ) from error
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(found)))
        else:
            names = ", ".join(found.applied) or "no migrations"
            self.stdout.write(f"{names}: {found.seconds:.1f} s, {found.rows} rows, whole.")


def _demand_space(folder: Path) -> None:
    wanted = 2 * box.database().stat().st_size + _SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise CommandError(
            f"{folder.parent} is short of space: {wanted >> 20} MiB are needed for a copy of the database, "
            f"{free >> 20} MiB are free."
        )

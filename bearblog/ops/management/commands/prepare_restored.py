"""Makes a restored database ready to be placed."""

import dataclasses
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.engines.replication.errors import ReplicationError
from bearblog.ops.preparing import prepare

FILE_NAME = "prepared.json"


class Command(BaseCommand):
    help = (
        "Migrates the restored database in a folder to this release, compares it with its canary and makes "
        f"pages of ten blogs; writes {FILE_NAME} beside it. restore.sh calls it before it places the file."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder in which bearblog.sqlite3 lies")
        parser.add_argument("--unchecked", action="store_true", help="only warn of what readers would miss")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            prepared = prepare(folder, is_unchecked=options["unchecked"], report=self.stderr.write)
        except ReplicationError as error:
            raise CommandError(str(error)) from error
        (folder / FILE_NAME).write_text(json.dumps(dataclasses.asdict(prepared)))
        for warning in prepared.warnings:
            self.stderr.write(f"WARNING: {warning}")
        self.stdout.write(prepared.found)
